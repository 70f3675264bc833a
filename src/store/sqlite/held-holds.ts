import type { Hold } from "../../domain/hold.ts";
import type { Instant } from "../../domain/instant.ts";

const NONE: readonly Hold[] = [];

/** Holds in memory, because every check-out asks for them. */
export class HeldHolds {
  readonly #byId = new Map<number, Hold>();
  readonly #byHolder = new Map<string, readonly Hold[]>();

  /** @returns the hold it replaces */
  put(hold: Hold): Hold | undefined {
    const earlier = this.remove(hold.id);
    const name = nameOf(hold.licenseId, hold.holder);
    this.#byId.set(hold.id, hold);
    this.#byHolder.set(name, [...(this.#byHolder.get(name) ?? NONE), hold]);
    return earlier;
  }

  /** @returns the hold that was there */
  remove(id: number): Hold | undefined {
    const hold = this.#byId.get(id);
    if (hold === undefined) return undefined;
    const name = nameOf(hold.licenseId, hold.holder);
    const others = (this.#byHolder.get(name) ?? NONE).filter((other) => other.id !== id);
    this.#byId.delete(id);
    if (others.length === 0) this.#byHolder.delete(name);
    else this.#byHolder.set(name, others);
    return hold;
  }

  /** Those on a holder that have not ended, in no order. */
  of(licenseId: number | undefined, holder: string | undefined, now: Instant): readonly Hold[] {
    if (this.#byId.size === 0 || licenseId === undefined || holder === undefined) return NONE;
    const found = this.#byHolder.get(nameOf(licenseId, holder));
    return found === undefined ? NONE : found.filter((hold) => hold.until > now);
  }
}

function nameOf(licenseId: number, holder: string): string {
  return `${licenseId} ${holder}`;
}
