import type { Decide, LicenseRef, PoolView, Scope, View } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import { extendSeats } from "../../domain/downtime.ts";
import { expiryEvents, type SeatEvent } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import { findFeature, type License } from "../../domain/license.ts";
import { type RecordKind, type RecordRef, type Records, RecordView } from "../../domain/records.ts";
import { isLive, LICENSE_POOL, type Seat } from "../../domain/seat.ts";
import type { Usage } from "../../domain/usage.ts";
import type { UsagePosition, UsageSpan } from "../../domain/usage-span.ts";
import { Fault } from "../../fault.ts";
import { ChangeListeners } from "../change-listeners.ts";
import { type Clock, DecisionTime, systemClock } from "../decision-time.ts";
import { CHAIN_START, chainEvent, verifyChain } from "../event-chain.ts";
import type {
  ChainReport,
  EventFilter,
  EventRecord,
  LicenseNames,
  SeatRecord,
  SeatsAsTold,
  Store,
  UsageSpanQuery,
} from "../store.ts";
import { MemoryState } from "./memory-state.ts";

/**
 * The reference store: every view is counted anew from plain lists, so that it is easy to see that it is right.
 * The other stores are held against it. It forgets everything when it goes.
 */
export class MemoryStore implements Store {
  readonly #time: DecisionTime;
  readonly #facts = new Map<string, string>();
  readonly #changed = new ChangeListeners();
  #state = new MemoryState();

  constructor(clock: Clock = systemClock) {
    this.#time = new DecisionTime(clock, 0);
  }

  transact<Outcome>(scope: Scope, decide: Decide<Outcome>): Promise<Outcome> {
    return new Promise((resolve) => {
      const now = this.#time.now();
      this.#endRunOut(now);
      const { outcome, changes, events } = decide(this.#view(scope, now));
      const before = this.#state.copy();
      try {
        for (const change of changes) this.#state.apply(change);
        for (const event of events) this.#record(now, event);
      } catch (error) {
        this.#state = before;
        throw new Fault("internal_error", "the store refused a change", error);
      }
      if (changes.length + events.length > 0) this.#changed.tell();
      resolve(outcome);
    });
  }

  async licenses(): Promise<readonly License[]> {
    return this.#state.licenses.map(({ license }) => license);
  }

  async findLicenses(names: LicenseNames): Promise<readonly License[]> {
    return this.#named(names).map(({ license }) => license);
  }

  async devices(of: { readonly licenseId: number } | { readonly hardwareId: string }): Promise<readonly Device[]> {
    const isOf = (device: Device) =>
      "licenseId" in of ? device.licenseId === of.licenseId : device.hardwareId === of.hardwareId;
    return this.#state.devices.filter(isOf);
  }

  async findRecord<Kind extends RecordKind>(ref: RecordRef<Kind>): Promise<Records[Kind] | undefined> {
    return this.#state.find(ref.kind, ref)[0];
  }

  async records<Kind extends RecordKind>(
    kind: Kind,
    where?: Omit<RecordRef<Kind>, "kind">,
  ): Promise<readonly Records[Kind][]> {
    return this.#state.find(kind, where);
  }

  async usage(licenseId: number): Promise<Usage | undefined> {
    const now = this.#time.now();
    const license = this.#state.licenses.find((known) => known.license.id === licenseId)?.license;
    if (license === undefined) return undefined;
    const inUse = new Map<number, number>();
    for (const featureId of [LICENSE_POOL, ...license.features.map((feature) => feature.id)]) {
      inUse.set(featureId, this.#live(now, { licenseId, featureId }).length);
    }
    const counters = this.#state.counters.filter((counter) => counter.licenseId === licenseId);
    return { now, inUse, counters: new Map(counters.map((counter) => [counter.featureId, counter])) };
  }

  async seats(licenseId?: number): Promise<readonly SeatRecord[]> {
    const now = this.#time.now();
    return this.#state.seats
      .filter(({ seat }) => isLive(seat, now) && (licenseId === undefined || seat.licenseId === licenseId))
      .sort((a, b) => a.seat.id - b.seat.id);
  }

  async seatsAsTold(licenseId?: number): Promise<SeatsAsTold> {
    const seats = this.#state.seats.map(({ seat }) => seat);
    return {
      now: this.#time.now(),
      lastEventId: this.#state.events.at(-1)?.id ?? 0,
      seats: seats.filter((seat) => licenseId === undefined || seat.licenseId === licenseId),
    };
  }

  async usagePosition(): Promise<UsagePosition | undefined> {
    return this.#state.usagePosition ?? undefined;
  }

  async usageSpans({ length, from, to, licenseId, limit }: UsageSpanQuery): Promise<readonly UsageSpan[]> {
    return this.#state.usageSpans
      .filter((span) => span.length === length && span.start >= from && span.start < to)
      .filter((span) => licenseId === undefined || span.licenseId === licenseId)
      .slice(0, limit);
  }

  async seatsOf(licenseId: number, holder: string): Promise<readonly Seat[]> {
    return (await this.seats(licenseId)).map(({ seat }) => seat).filter((seat) => seat.holder === holder);
  }

  async events(afterId: number, limit: number, filter: EventFilter = {}): Promise<readonly EventRecord[]> {
    const { kinds, licenseIds, featureIds, holders, dataHas, since, until, isNewestFirst = false } = filter;
    const events = isNewestFirst ? this.#state.events.toReversed() : this.#state.events;
    return events
      .filter(({ id }) => (isNewestFirst ? afterId === 0 || id < afterId : id > afterId))
      .filter(
        (event) =>
          (kinds?.includes(event.kind) ?? true) &&
          (licenseIds?.includes(event.licenseId) ?? true) &&
          (featureIds?.includes(event.featureId) ?? true) &&
          (holders === undefined || (event.holder !== null && holders.includes(event.holder))) &&
          (dataHas === undefined || event.data?.includes(dataHas) === true) &&
          (since === undefined || event.at >= since) &&
          (until === undefined || event.at <= until),
      )
      .slice(0, limit);
  }

  async verifyEvents(): Promise<ChainReport> {
    return verifyChain(this.#state.events);
  }

  async fact(name: string, make: () => string): Promise<string> {
    const fact = this.#facts.get(name) ?? make();
    this.#facts.set(name, fact);
    return fact;
  }

  async sweep(): Promise<void> {
    const now = this.#time.now();
    this.#endRunOut(now);
    this.#state.replies = this.#state.replies.filter((reply) => reply.until > now);
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  async close(): Promise<void> {}

  /** What a server does at its start that was last alive at `stoppedAt`. */
  resume(stoppedAt: Instant): void {
    const now = this.#time.now();
    for (const { license } of this.#state.licenses) {
      const seats = this.#state.seats.map(({ seat }) => seat).filter((seat) => seat.licenseId === license.id);
      for (const seat of extendSeats(license, seats, stoppedAt, now)) this.#state.apply({ change: "put_seat", seat });
    }
  }

  #view(scope: Scope, now: Instant): View {
    const found = scope.license && this.#named(scope.license).at(-1);
    const license = found?.license;
    const feature = license && scope.feature !== undefined ? findFeature(license, scope.feature) : undefined;
    const seats = license === undefined ? [] : this.#live(now, { licenseId: license.id });
    const isKept = (kept: { licenseId: number; key: string }, id: number | undefined) =>
      kept.licenseId === id && kept.key === scope.replyKey;
    const counters = this.#state.counters.filter((counter) => counter.licenseId === license?.id);
    return {
      now,
      productKnown: this.#isProductKnown(scope.license),
      license,
      userId: this.#userId(scope.license),
      device: this.#state.devices.find((each) => each.licenseId === license?.id && each.hardwareId === scope.device),
      devices: scope.everyDevice ? this.#state.devices.filter((device) => device.licenseId === license?.id) : [],
      licensePool: poolView(seats.filter((seat) => seat.featureId === LICENSE_POOL)),
      featurePool: poolView(seats.filter((seat) => seat.featureId === feature?.id)),
      mine: seats.filter((seat) => seat.holder === scope.holder),
      holds: this.#state
        .find("hold")
        .filter((hold) => hold.licenseId === license?.id && hold.holder === scope.holder && hold.until > now),
      seats: scope.everySeat ? seats : [],
      licenses: this.#licensesOf(scope.licenses ?? []),
      counters: new Map(counters.map((counter) => [counter.featureId, counter])),
      keptReply: this.#state.replies.find((kept) => isKept(kept, license?.id) && kept.until > now)?.reply,
      importedFile: found?.file,
      nextSeatId: this.#state.nextSeatId,
      nextIds: this.#state.nextIds,
      records: new RecordView(
        (scope.records ?? []).map((ref) => [ref, this.#state.find(ref.kind, ref)]),
        (scope.everyRecord ?? []).map((kind) => [kind, this.#state.find(kind)]),
      ),
    };
  }

  #isProductKnown(ref: LicenseRef | undefined): boolean {
    if (ref === undefined || !("product" in ref)) return true;
    const isSold = this.#state.find("product", { field: "code", value: ref.product }).length > 0;
    return isSold || this.#state.licenses.some(({ license }) => license.product.code === ref.product);
  }

  #userId(ref: LicenseNames | undefined): number | undefined {
    if (ref?.username === undefined) return undefined;
    return this.#state.find("user", { field: "username", value: ref.username })[0]?.id;
  }

  #licensesOf(all: readonly LicenseNames[]): License[] {
    const named = new Set(all.flatMap((names) => this.#named(names)));
    return this.#state.licenses.filter((known) => named.has(known)).map(({ license }) => license);
  }

  /** The licenses that every given name fits. */
  #named(names: LicenseNames) {
    const { licenseId, product, key, username, bundleCode, customerId, orderId, policyId } = names;
    const userId = this.#userId(names);
    return this.#state.licenses.filter(
      ({ license }) =>
        (licenseId === undefined || license.id === licenseId) &&
        (product === undefined || license.product.code === product) &&
        (key === undefined || license.details.key === key) &&
        (bundleCode === undefined || license.issued?.bundleCode === bundleCode) &&
        (customerId === undefined || license.issued?.customerId === customerId) &&
        (orderId === undefined || license.issued?.orderId === orderId) &&
        (policyId === undefined || license.issued?.policyId === policyId) &&
        (username === undefined || license.issued?.users.some((user) => user.userId === userId)),
    );
  }

  #live(now: Instant, key: { licenseId: number; featureId?: number }): Seat[] {
    return this.#state.seats
      .map(({ seat }) => seat)
      .filter((seat) => isLive(seat, now) && seat.licenseId === key.licenseId)
      .filter((seat) => key.featureId === undefined || seat.featureId === key.featureId);
  }

  #endRunOut(now: Instant): void {
    for (const { seat } of this.#state.seats.filter((record) => !isLive(record.seat, now))) {
      this.#state.apply({ change: "end_seat", seat });
      for (const event of expiryEvents(seat)) this.#record(now, event);
    }
  }

  #record(now: Instant, event: SeatEvent): void {
    const { events } = this.#state;
    this.#state.events = [...events, chainEvent(events.at(-1) ?? { id: 0, hash: CHAIN_START }, now, event)];
  }
}

function poolView(seats: readonly Seat[]): PoolView {
  return {
    inUse: seats.length,
    firstEndsAt: seats.length === 0 ? undefined : Math.min(...seats.map((seat) => seat.endsAt)),
  };
}
