import type { LicenseRef, Scope } from "../../domain/decision.ts";
import type { PoolKey } from "../../domain/seat.ts";

/** Of a pool this many seats are read at first, beside one for each request about it. */
export const FIRST_READ = 16;

/** One caller's part of a transaction. */
export interface Asked {
  readonly scope: Scope;
  /** The license of the scope, as JSON. */
  readonly ref: string;
  /**
   * `tidy`: run-out seats of every pool are ended. `resume`: they are not, and every seat is shown, as the server left it.
   */
  readonly mode: "decide" | "tidy" | "resume";
}

/** With the license that its scope meant when it was locked. */
export interface Resolved extends Asked {
  readonly licenseId: number | undefined;
}

/** A way to name a license by more than its id. */
export type NamedRef = Extract<LicenseRef, { readonly product: string }>;

export function isNamed(ref: LicenseRef | undefined): ref is NamedRef {
  return ref !== undefined && "product" in ref;
}

/** Decisions about records, or about several licenses, go one after another in the whole database. */
export function isShared({ license, licenses, records, everyRecord }: Scope): boolean {
  const named = [licenses, records, everyRecord].some((names) => names !== undefined && names.length > 0);
  return license === undefined || named;
}

/**
 * What a transaction locks and reads beside what its scopes name. A decision may turn out to need more: then everything is
 * decided anew with that, because what is locked must be locked in order.
 */
export class Needs {
  /** What belongs to no license. */
  shared = false;
  readonly licenses = new Set<number>();
  /** Licenses that nothing was ever decided about. */
  readonly newChains = new Set<number>();
  readonly holders = new Map<string, { readonly licenseId: number; readonly holder: string }>();
  /** Of which pools the seats that end first are read, and how many. */
  readonly pools = new Map<string, PoolKey & { readonly most: number }>();
  /** Licenses of which every seat is read. */
  readonly everySeat = new Set<number>();
  /** Holds whose licenses are to be known, by id. */
  readonly holds = new Set<number>();

  static of(asked: readonly Asked[]): Needs {
    const needs = new Needs();
    needs.shared = asked.some(({ scope }) => isShared(scope));
    return needs;
  }

  /** @returns whether that is more than was known before */
  add(more: NeedMore): boolean {
    const before = this.#size;
    for (const need of more.needs) this.#add(need);
    return this.#size > before;
  }

  #add({ shared, licenseId, newChain, holder, pool, everySeat, hold }: Need): void {
    if (shared === true) this.shared = true;
    if (licenseId !== undefined && licenseId !== 0) this.licenses.add(licenseId);
    if (newChain !== undefined) this.newChains.add(newChain);
    if (holder !== undefined) this.holders.set(`${holder.licenseId} ${holder.holder}`, holder);
    if (pool !== undefined) {
      const name = `${pool.licenseId} ${pool.featureId}`;
      const before = this.pools.get(name)?.most ?? 0;
      this.pools.set(name, { ...pool, most: Math.max(FIRST_READ, before * 8) });
    }
    if (everySeat !== undefined) this.everySeat.add(everySeat);
    if (hold !== undefined) this.holds.add(hold);
  }

  get #size(): number {
    const all = [this.licenses, this.newChains, this.holders, this.everySeat, this.holds];
    const read = [...this.pools.values()].reduce((sum, { most }) => sum + most, 0);
    return all.reduce((sum, { size }) => sum + size, this.shared ? 1 : 0) + read;
  }
}

export interface Need {
  readonly shared?: true;
  readonly licenseId?: number;
  readonly newChain?: number;
  readonly holder?: { readonly licenseId: number; readonly holder: string };
  readonly pool?: PoolKey;
  readonly everySeat?: number;
  readonly hold?: number;
}

/** Decisions touch what the transaction has not locked or read. */
export class NeedMore extends Error {
  readonly needs: readonly Need[];

  constructor(...needs: readonly Need[]) {
    super("more must be locked or read");
    this.needs = needs;
  }
}
