import type { LicenseNames, LicenseRef, PoolView, View } from "../../domain/decision.ts";
import type { Hold } from "../../domain/hold.ts";
import { findFeature, type License } from "../../domain/license.ts";
import { FIRST_IDS, type NextIds, RecordView } from "../../domain/records.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import type { Ledger } from "./ledger.ts";
import { fits } from "./license-names.ts";
import { isNamed, NeedMore, type Resolved } from "./needs.ts";
import type { KeptLicense, SeenLicense } from "./seen.ts";
import { nameOfNames, type Shared } from "./shared.ts";

const EMPTY_POOL: PoolView = { inUse: 0, firstEndsAt: undefined };

/** What was read for the decisions of one transaction. */
export interface Read {
  readonly licenses: ReadonlyMap<number, SeenLicense>;
  /** Licenses that are looked at and not locked, by id. */
  readonly others: ReadonlyMap<number, KeptLicense>;
  readonly shared: Shared | undefined;
  readonly users: ReadonlyMap<string, number>;
  readonly products: ReadonlySet<string>;
}

/** What decisions see: what was read, as the decisions before them in the transaction have changed it. */
export class Views {
  readonly #read: Read;
  readonly #ledger: Ledger;

  constructor(read: Read, ledger: Ledger) {
    this.#read = read;
    this.#ledger = ledger;
  }

  /** Run-out seats of the pools that it shows are ended first. @param nextSeatId new seats take it, and those that follow */
  of({ scope, mode, licenseId }: Resolved, nextSeatId: number): View {
    const { now } = this.#ledger;
    const userId = this.#userId(scope.license);
    const seen = scope.license && this.#resolve(scope.license, licenseId, userId);
    const license = seen?.kept?.license;
    const feature = license && scope.feature !== undefined ? findFeature(license, scope.feature) : undefined;
    if (seen !== undefined && license !== undefined && mode !== "resume") {
      this.#ledger.endRunOut(seen, LICENSE_POOL);
      if (feature !== undefined) this.#ledger.endRunOut(seen, feature.id);
      if (mode === "tidy" || scope.everySeat) for (const id of seen.featureIds()) this.#ledger.endRunOut(seen, id);
    }
    const { holder, device } = scope;
    const seats = seen && scope.everySeat ? seen.everySeat() : [];
    const mine = seen && license && holder !== undefined ? seen.seatsOf(holder) : [];
    const kept = scope.replyKey === undefined ? undefined : seen?.replies.get(scope.replyKey);
    return {
      now,
      productKnown: this.#isProductKnown(scope.license),
      license,
      userId,
      device: license && device !== undefined ? seen?.devices.get(device) : undefined,
      devices: license && scope.everyDevice ? [...seen.devices.values()].sort((a, b) => a.id - b.id) : [],
      licensePool: seen && license ? poolView(seen, LICENSE_POOL) : EMPTY_POOL,
      featurePool: seen && feature ? poolView(seen, feature.id) : EMPTY_POOL,
      mine: mine.filter((seat) => seat.endsAt > now),
      holds: seen && license && holder !== undefined ? this.#holdsOn(seen, holder) : [],
      seats: license ? (mode === "resume" ? seats : seats.filter((seat) => seat.endsAt > now)) : [],
      licenses: this.#licensesOf(scope.licenses ?? []),
      counters: new Map(license && seen?.counters),
      keptReply: license && kept !== undefined && kept.until > now ? kept.reply : undefined,
      importedFile: license && seen?.kept?.file,
      nextSeatId,
      nextIds: this.#nextIds(),
      records: this.#read.shared?.view(scope.records ?? [], scope.everyRecord ?? []) ?? RecordView.empty,
    };
  }

  #holdsOn(license: SeenLicense, holder: string): readonly Hold[] {
    if (license.holds.length === 0) return license.holds;
    const isOn = (hold: Hold) => hold.holder === holder && hold.until > this.#ledger.now;
    return license.holds.filter(isOn).sort((a, b) => a.id - b.id);
  }

  /** Whoever takes one of these without the lock is decided again with it. */
  #nextIds(): NextIds {
    return this.#read.shared?.nextIds ?? FIRST_IDS;
  }

  /** Of those that fit, the one that was added last: the one that was meant before, or one that was put since. */
  #resolve(ref: LicenseRef, meant: number | undefined, userId: number | undefined): SeenLicense | undefined {
    if (!isNamed(ref)) return this.#read.licenses.get(ref.licenseId);
    if (this.#ledger.names === "same") return meant === undefined ? undefined : this.#read.licenses.get(meant);
    let found: SeenLicense | undefined;
    for (const seen of this.#read.licenses.values()) {
      if (seen.kept === undefined || !fits(seen.kept.license, ref, userId)) continue;
      if (seen.kept.added > (found?.kept?.added ?? 0)) found = seen;
    }
    return found;
  }

  #userId(ref: LicenseNames | undefined): number | undefined {
    if (ref?.username === undefined) return undefined;
    const put = this.#read.shared?.changed("user", "username", ref.username);
    if (put !== undefined) return put.id;
    const id = this.#read.users.get(ref.username);
    // Its name was another's before, or it is gone.
    return id === undefined || this.#read.shared?.isChanged("user", id) ? undefined : id;
  }

  #isProductKnown(ref: LicenseRef | undefined): boolean {
    if (ref === undefined || !isNamed(ref) || this.#read.products.has(ref.product)) return true;
    if (this.#read.shared?.changed("product", "code", ref.product) !== undefined) return true;
    return [...this.#read.licenses.values()].some(({ kept }) => kept?.license.product.code === ref.product);
  }

  #licensesOf(all: readonly LicenseNames[]): readonly License[] {
    if (all.length === 0) return [];
    const found = new Map<number, KeptLicense>();
    for (const names of all) {
      const userId = this.#userId(names);
      for (const id of this.#read.shared?.licenseIds.get(nameOfNames(names)) ?? []) {
        const kept = this.#keptNow(id);
        if (kept !== undefined && fits(kept.license, names, userId)) found.set(id, kept);
      }
      for (const { id, kept } of this.#read.licenses.values()) {
        if (kept !== undefined && fits(kept.license, names, userId)) found.set(id, kept);
      }
    }
    return [...found.values()].sort((a, b) => a.added - b.added).map(({ license }) => license);
  }

  /** Of a license that is locked, what decisions have made of it. */
  #keptNow(id: number): KeptLicense | undefined {
    const seen = this.#read.licenses.get(id);
    return seen === undefined ? this.#read.others.get(id) : seen.kept;
  }
}

function poolView(license: SeenLicense, featureId: number): PoolView {
  const view = license.pool(featureId).view();
  if (view === undefined) throw new NeedMore({ pool: { licenseId: license.id, featureId } });
  return view;
}
