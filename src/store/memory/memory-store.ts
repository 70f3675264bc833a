import type { Counter } from "../../domain/counter.ts";
import type { Change, Decide, ImportedFile, LicenseRef, PoolView, Scope, View } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import { extendSeats } from "../../domain/downtime.ts";
import { expiryEvents, type SeatEvent } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Json } from "../../domain/json.ts";
import { findFeature, type License } from "../../domain/license.ts";
import {
  FIRST_IDS,
  type IdKind,
  type RecordKind,
  type RecordRef,
  type Records,
  RecordView,
} from "../../domain/records.ts";
import { isLive, LICENSE_POOL, type PoolKey, type Seat, type SeatDetails } from "../../domain/seat.ts";
import type { Usage } from "../../domain/usage.ts";
import { type Clock, DecisionTime, systemClock } from "../decision-time.ts";
import { CHAIN_START, chainEvent, verifyChain } from "../event-chain.ts";
import type { ChainReport, EventRecord, LicenseNames, SeatRecord, Store } from "../store.ts";

/**
 * The reference store: every view is counted anew from plain lists, so that it is easy to see that it is right.
 * The other stores are held against it. It forgets everything when it goes.
 */
export class MemoryStore implements Store {
  readonly #time: DecisionTime;
  readonly #facts = new Map<string, string>();
  readonly #nextIds = { ...FIRST_IDS };
  readonly #records = new Map<RecordKind, Records[RecordKind][]>();
  #licenses: { license: License; file: ImportedFile | undefined }[] = [];
  #devices: Device[] = [];
  #seats: SeatRecord[] = [];
  #counters: Counter[] = [];
  #replies: { licenseId: number; key: string; reply: Json; until: Instant }[] = [];
  #events: EventRecord[] = [];
  #nextSeatId = 1;

  constructor(clock: Clock = systemClock) {
    this.#time = new DecisionTime(clock, 0);
  }

  transact<Outcome>(scope: Scope, decide: Decide<Outcome>): Promise<Outcome> {
    return new Promise((resolve) => {
      const now = this.#time.now();
      this.#endRunOut(now);
      const { outcome, changes, events } = decide(this.#view(scope, now));
      for (const change of changes) this.#apply(change);
      for (const event of events) this.#record(now, event);
      resolve(outcome);
    });
  }

  async licenses(): Promise<readonly License[]> {
    return this.#licenses.map(({ license }) => license);
  }

  async findLicenses(names: LicenseNames): Promise<readonly License[]> {
    return this.#named(names).map(({ license }) => license);
  }

  async devices(of: { readonly licenseId: number } | { readonly hardwareId: string }): Promise<readonly Device[]> {
    const isOf = (device: Device) =>
      "licenseId" in of ? device.licenseId === of.licenseId : device.hardwareId === of.hardwareId;
    return this.#devices.filter(isOf).sort((a, b) => a.id - b.id);
  }

  async findRecord<Kind extends RecordKind>(ref: RecordRef<Kind>): Promise<Records[Kind] | undefined> {
    return this.#find(ref.kind, ref)[0];
  }

  async records<Kind extends RecordKind>(
    kind: Kind,
    where?: Omit<RecordRef<Kind>, "kind">,
  ): Promise<readonly Records[Kind][]> {
    return this.#find(kind, where);
  }

  async usage(licenseId: number): Promise<Usage | undefined> {
    const now = this.#time.now();
    const license = this.#licenses.find((known) => known.license.id === licenseId)?.license;
    if (license === undefined) return undefined;
    const inUse = new Map<number, number>();
    for (const featureId of [LICENSE_POOL, ...license.features.map((feature) => feature.id)]) {
      inUse.set(featureId, this.#live(now, { licenseId, featureId }).length);
    }
    const counters = this.#counters.filter((counter) => counter.licenseId === licenseId);
    return { now, inUse, counters: new Map(counters.map((counter) => [counter.featureId, counter])) };
  }

  async seats(licenseId?: number): Promise<readonly SeatRecord[]> {
    const now = this.#time.now();
    return this.#seats
      .filter(({ seat }) => isLive(seat, now) && (licenseId === undefined || seat.licenseId === licenseId))
      .sort((a, b) => a.seat.id - b.seat.id);
  }

  async events(afterId: number, limit: number): Promise<readonly EventRecord[]> {
    return this.#events.filter((event) => event.id > afterId).slice(0, limit);
  }

  async verifyEvents(): Promise<ChainReport> {
    return verifyChain(this.#events);
  }

  async fact(name: string, make: () => string): Promise<string> {
    const fact = this.#facts.get(name) ?? make();
    this.#facts.set(name, fact);
    return fact;
  }

  async sweep(): Promise<void> {
    const now = this.#time.now();
    this.#endRunOut(now);
    this.#replies = this.#replies.filter((reply) => reply.until > now);
  }

  async close(): Promise<void> {}

  /** What a server does at its start that was last alive at `stoppedAt`. */
  resume(stoppedAt: Instant): void {
    const now = this.#time.now();
    for (const { license } of this.#licenses) {
      const seats = this.#seats.map(({ seat }) => seat).filter((seat) => seat.licenseId === license.id);
      for (const seat of extendSeats(license, seats, stoppedAt, now)) this.#apply({ change: "put_seat", seat });
    }
  }

  #view(scope: Scope, now: Instant): View {
    const found = scope.license && this.#named(scope.license).at(-1);
    const license = found?.license;
    const feature = license && scope.feature !== undefined ? findFeature(license, scope.feature) : undefined;
    const seats = license === undefined ? [] : this.#live(now, { licenseId: license.id });
    const isKept = (kept: { licenseId: number; key: string }, id: number | undefined) =>
      kept.licenseId === id && kept.key === scope.replyKey;
    const counters = this.#counters.filter((counter) => counter.licenseId === license?.id);
    return {
      now,
      productKnown: this.#isProductKnown(scope.license),
      license,
      userId: this.#userId(scope.license),
      device: this.#devices.find((each) => each.licenseId === license?.id && each.hardwareId === scope.device),
      devices: scope.everyDevice ? this.#devices.filter((device) => device.licenseId === license?.id) : [],
      licensePool: poolView(seats.filter((seat) => seat.featureId === LICENSE_POOL)),
      featurePool: poolView(seats.filter((seat) => seat.featureId === feature?.id)),
      mine: seats.filter((seat) => seat.holder === scope.holder),
      seats: scope.everySeat ? seats : [],
      counters: new Map(counters.map((counter) => [counter.featureId, counter])),
      keptReply: this.#replies.find((kept) => isKept(kept, license?.id) && kept.until > now)?.reply,
      importedFile: found?.file,
      nextSeatId: this.#nextSeatId,
      nextIds: { ...this.#nextIds },
      records: new RecordView((scope.records ?? []).map((ref) => [ref, this.#find(ref.kind, ref)[0]])),
    };
  }

  #isProductKnown(ref: LicenseRef | undefined): boolean {
    if (ref === undefined || !("product" in ref)) return true;
    const isSold = this.#find("product", { field: "code", value: ref.product }).length > 0;
    return isSold || this.#licenses.some(({ license }) => license.product.code === ref.product);
  }

  #userId(ref: LicenseNames | undefined): number | undefined {
    if (ref?.username === undefined) return undefined;
    return this.#find("user", { field: "username", value: ref.username })[0]?.id;
  }

  /** The licenses that every given name fits. */
  #named(names: LicenseNames) {
    const { licenseId, product, key, username, bundleCode } = names;
    const userId = this.#userId(names);
    return this.#licenses.filter(
      ({ license }) =>
        (licenseId === undefined || license.id === licenseId) &&
        (product === undefined || license.product.code === product) &&
        (key === undefined || license.details.key === key) &&
        (bundleCode === undefined || license.issued?.bundleCode === bundleCode) &&
        (username === undefined || license.issued?.users.some((user) => user.userId === userId)),
    );
  }

  #find<Kind extends RecordKind>(kind: Kind, where?: { field: PropertyKey; value: string | number }): Records[Kind][] {
    const all = (this.#records.get(kind) ?? []) as Records[Kind][];
    const fits = (record: Records[Kind]) =>
      where === undefined || (record as unknown as Record<PropertyKey, unknown>)[where.field] === where.value;
    return all.filter(fits).sort((a, b) => a.id - b.id);
  }

  #used(kind: IdKind, id: number): void {
    this.#nextIds[kind] = Math.max(this.#nextIds[kind], id + 1);
  }

  #live(now: Instant, key: { licenseId: number; featureId?: number }): Seat[] {
    return this.#seats
      .map(({ seat }) => seat)
      .filter((seat) => isLive(seat, now) && seat.licenseId === key.licenseId)
      .filter((seat) => key.featureId === undefined || seat.featureId === key.featureId);
  }

  #apply(change: Change): void {
    switch (change.change) {
      case "put_seat": {
        const { seat, details } = change;
        const earlier = this.#seats.find((record) => isSame(record.seat, seat))?.details;
        this.#seats = this.#seats.filter((record) => !isSame(record.seat, seat));
        this.#seats.push({ seat, details: mergeDetails(earlier, details) });
        this.#nextSeatId = Math.max(this.#nextSeatId, seat.id + 1);
        return;
      }
      case "end_seat":
        this.#seats = this.#seats.filter((record) => !isSame(record.seat, change.seat));
        return;
      case "put_counter": {
        const { counter } = change;
        const isOther = (other: PoolKey) =>
          other.licenseId !== counter.licenseId || other.featureId !== counter.featureId;
        this.#counters = [...this.#counters.filter(isOther), counter];
        return;
      }
      case "put_license": {
        const { license, file } = change;
        const at = this.#licenses.findIndex((known) => known.license.id === license.id);
        if (at < 0) this.#licenses.push({ license, file });
        else this.#licenses[at] = { license, file };
        this.#used("license", license.id);
        for (const { id } of license.features) this.#used("feature", id);
        return;
      }
      case "remove_license": {
        const { licenseId } = change;
        this.#licenses = this.#licenses.filter(({ license }) => license.id !== licenseId);
        this.#devices = this.#devices.filter((device) => device.licenseId !== licenseId);
        this.#counters = this.#counters.filter((counter) => counter.licenseId !== licenseId);
        this.#replies = this.#replies.filter((reply) => reply.licenseId !== licenseId);
        return;
      }
      case "remove_counter": {
        const isOther = (other: PoolKey) =>
          other.licenseId !== change.licenseId || other.featureId !== change.featureId;
        this.#counters = this.#counters.filter(isOther);
        return;
      }
      case "put_device": {
        const { device } = change;
        this.#devices = [...this.#devices.filter(({ id }) => id !== device.id), device];
        this.#used("device", device.id);
        for (const { id } of device.variables) this.#used("variable", id);
        return;
      }
      case "put_record": {
        const { kind, record } = change;
        const others = (this.#records.get(kind) ?? []).filter(({ id }) => id !== record.id);
        this.#records.set(kind, [...others, structuredClone(record)]);
        this.#used(kind, record.id);
        if (change.kind === "product") for (const { id } of change.record.features) this.#used("feature", id);
        return;
      }
      case "remove_record": {
        const others = (this.#records.get(change.kind) ?? []).filter(({ id }) => id !== change.id);
        this.#records.set(change.kind, others);
        return;
      }
      case "keep_reply": {
        const { licenseId, key, reply, until } = change;
        const others = this.#replies.filter((kept) => kept.licenseId !== licenseId || kept.key !== key);
        this.#replies = [...others, { licenseId, key, reply: structuredClone(reply), until }];
      }
    }
  }

  #endRunOut(now: Instant): void {
    for (const { seat } of this.#seats.filter((record) => !isLive(record.seat, now))) {
      this.#apply({ change: "end_seat", seat });
      for (const event of expiryEvents(seat)) this.#record(now, event);
    }
  }

  #record(now: Instant, event: SeatEvent): void {
    this.#events.push(chainEvent(this.#events.at(-1) ?? { id: 0, hash: CHAIN_START }, now, event));
  }
}

function poolView(seats: readonly Seat[]): PoolView {
  return {
    inUse: seats.length,
    firstEndsAt: seats.length === 0 ? undefined : Math.min(...seats.map((seat) => seat.endsAt)),
  };
}

function isSame(a: Seat, b: Seat): boolean {
  return a.licenseId === b.licenseId && a.featureId === b.featureId && a.holder === b.holder;
}

/** A renewal that says nothing of a detail leaves it as it was. */
function mergeDetails(earlier: SeatDetails | undefined, later: SeatDetails | undefined): SeatDetails {
  const given = Object.entries(later ?? {}).filter(([, value]) => value !== undefined);
  return { ...earlier, ...Object.fromEntries(given) };
}
