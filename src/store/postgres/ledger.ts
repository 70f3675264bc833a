import type { Change } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import { expiryEvents, type SeatEvent } from "../../domain/event.ts";
import type { Hold } from "../../domain/hold.ts";
import type { Instant } from "../../domain/instant.ts";
import type { License } from "../../domain/license.ts";
import type { Records } from "../../domain/records.ts";
import { Draft } from "./draft.ts";
import { haveSameNames } from "./license-names.ts";
import { NeedMore } from "./needs.ts";
import type { Chain, SeenLicense } from "./seen.ts";
import type { Shared } from "./shared.ts";

/**
 * Takes changes and events into what is seen, so that the next decision of the transaction sees them, and into the draft
 * of what is written. A change of something that is not locked is refused with `NeedMore`.
 */
export class Ledger {
  readonly draft = new Draft();
  readonly now: Instant;
  /** What decisions have done to the names that licenses are found by: nothing, given some, or also taken some away. */
  names: "same" | "more" | "fewer" = "same";
  readonly #licenses: ReadonlyMap<number, SeenLicense>;
  readonly #chains: ReadonlyMap<number, Chain>;
  readonly #shared: Shared | undefined;
  readonly #touched = new Set<number>();

  constructor(
    now: Instant,
    licenses: ReadonlyMap<number, SeenLicense>,
    chains: ReadonlyMap<number, Chain>,
    shared: Shared | undefined,
  ) {
    this.now = now;
    this.#licenses = licenses;
    this.#chains = chains;
    this.#shared = shared;
  }

  /** Licenses that something was changed of, and 0 for what belongs to none. */
  get touched(): ReadonlySet<number> {
    return this.#touched;
  }

  /** The license, locked, to be changed. */
  locked(licenseId: number): SeenLicense {
    const license = this.#licenses.get(licenseId);
    if (license !== undefined && this.#chains.has(licenseId)) {
      this.#touched.add(licenseId);
      return license;
    }
    throw new NeedMore({ licenseId, newChain: licenseId });
  }

  /** How many seats each pool of a license has, as its row says it. */
  poolsOf(licenseId: number): string | undefined {
    return this.#licenses.get(licenseId)?.counts();
  }

  /** What belongs to no license, locked. */
  get shared(): Shared {
    if (this.#shared === undefined) throw new NeedMore({ shared: true });
    this.#touched.add(0);
    return this.#shared;
  }

  apply(change: Change): void {
    switch (change.change) {
      case "put_seat": {
        const { seat, details } = change;
        const license = this.locked(seat.licenseId);
        license.pool(seat.featureId).put(seat, license.seat(seat.featureId, seat.holder));
        this.draft.putSeat(seat, details);
        return;
      }
      case "end_seat": {
        const license = this.locked(change.seat.licenseId);
        const seat = license.seat(change.seat.featureId, change.seat.holder);
        if (seat === undefined) return;
        license.pool(seat.featureId).end(seat);
        this.draft.endSeat(seat);
        return;
      }
      case "put_counter": {
        const { licenseId, featureId } = change.counter;
        this.locked(licenseId).counters.set(featureId, { ...change.counter });
        this.draft.putCounter(licenseId, featureId, change.counter);
        return;
      }
      case "remove_counter":
        this.locked(change.licenseId).counters.delete(change.featureId);
        this.draft.putCounter(change.licenseId, change.featureId, undefined);
        return;
      case "put_license":
        this.#putLicense(change.license, change.file);
        return;
      case "remove_license":
        void this.shared;
        this.names = "fewer";
        this.locked(change.licenseId).clear();
        this.draft.removeLicense(change.licenseId);
        return;
      case "put_device":
        this.#putDevice(change.device);
        return;
      case "put_record": {
        const { kind, record } = change;
        if (kind === "hold") this.#changeHolds(record.licenseId, record.id, record);
        if (kind === "user" && this.#username(record.id) !== record.username) this.names = "fewer";
        this.shared.put(kind, record);
        this.shared.useId(kind, record.id);
        if (kind === "product") for (const { id } of record.features) this.shared.useId("feature", id);
        return;
      }
      case "remove_record": {
        const { kind, id } = change;
        if (kind === "hold") this.#removeHold(id);
        if (kind === "user") this.names = "fewer";
        this.shared.remove(kind, id);
        return;
      }
      case "keep_reply": {
        const { licenseId, key, reply, until } = change;
        this.locked(licenseId).replies.set(key, { reply: structuredClone(reply), until });
        this.draft.replies.set(JSON.stringify([licenseId, key]), change);
        return;
      }
      default:
        void this.shared;
        this.draft.usage.push(change);
    }
  }

  record({ kind, licenseId, featureId, holder, data }: SeatEvent): void {
    if (licenseId === 0) void this.shared;
    else this.locked(licenseId);
    this.draft.events.push({
      at: this.now,
      kind,
      licenseId,
      featureId,
      holder: holder ?? null,
      data: data === undefined ? null : JSON.stringify(data),
    });
  }

  /** Ends the seats of a pool that have run out. */
  endRunOut(license: SeenLicense, featureId: number): void {
    const pool = license.pool(featureId);
    if (!pool.knowsRunOut(this.now)) throw new NeedMore({ pool: { licenseId: license.id, featureId } });
    for (let seat = pool.firstRunOut(this.now); seat !== undefined; seat = pool.firstRunOut(this.now)) {
      this.locked(license.id);
      pool.end(seat);
      this.draft.endSeat(seat);
      for (const event of expiryEvents(seat)) this.record(event);
    }
  }

  #putLicense(license: License, file: { readonly digest: string; readonly issuedAt: Instant } | undefined): void {
    const seen = this.locked(license.id);
    const before = seen.kept;
    const known = new Map(before?.license.features.map(({ id, code }) => [id, code]));
    const isNew = before === undefined || !haveSameNames(before.license, license);
    if (isNew || license.features.some(({ id, code }) => known.get(id) !== code)) {
      const { shared } = this;
      shared.useId("license", license.id);
      for (const { id } of license.features) shared.useId("feature", id);
      if (before === undefined) shared.lastAdded += 1;
      if (isNew) this.names = before === undefined && this.names !== "fewer" ? "more" : "fewer";
    }
    const kept = { license: structuredClone(license), file, added: before?.added ?? this.shared.lastAdded };
    seen.kept = kept;
    this.draft.licenses.set(license.id, kept);
  }

  #putDevice(device: Device): void {
    const license = this.locked(device.licenseId);
    const before = license.devices.get(device.hardwareId);
    // Whoever numbers something new without the lock begins at the first number, which may be an old thing's.
    const known = new Map(before?.variables.map(({ id, name }) => [id, name]));
    if (before?.id !== device.id || device.variables.some(({ id, name }) => known.get(id) !== name)) {
      this.shared.useId("device", device.id);
      for (const { id } of device.variables) this.shared.useId("variable", id);
    }
    // Its row may have had another hardware id.
    for (const [name, { id }] of license.devices) if (id === device.id) license.devices.delete(name);
    const kept = structuredClone(device);
    license.devices.set(device.hardwareId, kept);
    this.draft.devices.set(device.id, kept);
  }

  #removeHold(id: number): void {
    if (!this.shared.knows("hold", id)) throw new NeedMore({ hold: id });
    const hold = this.shared.find("hold", id) as Hold | undefined;
    if (hold !== undefined) this.#changeHolds(hold.licenseId, id, undefined);
  }

  /** By it licenses are found. */
  #username(userId: number): string | undefined {
    return (this.shared.find("user", userId) as Records["user"] | undefined)?.username;
  }

  #changeHolds(licenseId: number, id: number, hold: Hold | undefined): void {
    const license = this.locked(licenseId);
    license.holds = [...license.holds.filter((each) => each.id !== id), ...(hold === undefined ? [] : [hold])];
  }
}
