import type { Counter } from "../../domain/counter.ts";
import type { Change, ImportedFile } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Json } from "../../domain/json.ts";
import type { License } from "../../domain/license.ts";
import {
  FIRST_IDS,
  type IdKind,
  type NextIds,
  type RecordKind,
  type Records,
  recordFields,
} from "../../domain/records.ts";
import type { PoolKey, Seat, SeatDetails } from "../../domain/seat.ts";
import type { UsagePosition, UsageSpan } from "../../domain/usage-span.ts";
import type { EventRecord, SeatRecord } from "../store.ts";

/** Everything that the memory store keeps, in plain lists that are replaced and never changed. */
export class MemoryState {
  licenses: readonly { readonly license: License; readonly file: ImportedFile | undefined }[] = [];
  devices: readonly Device[] = [];
  seats: readonly SeatRecord[] = [];
  counters: readonly Counter[] = [];
  replies: readonly {
    readonly licenseId: number;
    readonly key: string;
    readonly reply: Json;
    readonly until: Instant;
  }[] = [];
  events: readonly EventRecord[] = [];
  usageSpans: readonly UsageSpan[] = [];
  usagePosition: UsagePosition | null = null;
  nextSeatId = 1;
  nextIds: NextIds = FIRST_IDS;
  #records: { readonly [Kind in RecordKind]?: readonly Records[Kind][] } = {};

  /** The state as it is, whatever becomes of this one. */
  copy(): MemoryState {
    const copy = Object.assign(new MemoryState(), this);
    copy.#records = this.#records;
    return copy;
  }

  /** Records by their ids: all of a kind, or those with that value of a field. */
  find<Kind extends RecordKind>(kind: Kind, where?: { field: PropertyKey; value: string | number }): Records[Kind][] {
    return this.#all(kind)
      .filter((record) => where === undefined || fieldOf(record, where.field) === where.value)
      .sort((a, b) => a.id - b.id);
  }

  /** @throws Error where a change would make a second one of what must be unique */
  apply(change: Change): void {
    switch (change.change) {
      case "put_seat": {
        const { seat, details } = change;
        const earlier = this.seats.find((record) => isSame(record.seat, seat))?.details;
        const others = this.seats.filter((record) => !isSame(record.seat, seat));
        this.seats = [...others, { seat, details: mergeDetails(earlier, details) }];
        this.nextSeatId = Math.max(this.nextSeatId, seat.id + 1);
        return;
      }
      case "end_seat":
        this.seats = this.seats.filter((record) => !isSame(record.seat, change.seat));
        return;
      case "put_counter": {
        const { counter } = change;
        this.counters = [...this.counters.filter((other) => !isSamePool(other, counter)), counter];
        return;
      }
      case "remove_counter":
        this.counters = this.counters.filter((counter) => !isSamePool(counter, change));
        return;
      case "put_license": {
        const { license, file } = change;
        const isKnown = this.licenses.some((known) => known.license.id === license.id);
        this.licenses = isKnown
          ? this.licenses.map((known) => (known.license.id === license.id ? { license, file } : known))
          : [...this.licenses, { license, file }];
        this.#use("license", license.id);
        for (const { id } of license.features) this.#use("feature", id);
        return;
      }
      case "remove_license": {
        const { licenseId } = change;
        this.licenses = this.licenses.filter(({ license }) => license.id !== licenseId);
        this.seats = this.seats.filter(({ seat }) => seat.licenseId !== licenseId);
        this.devices = this.devices.filter((device) => device.licenseId !== licenseId);
        this.counters = this.counters.filter((counter) => counter.licenseId !== licenseId);
        this.replies = this.replies.filter((reply) => reply.licenseId !== licenseId);
        return;
      }
      case "put_device": {
        const { device } = change;
        const others = this.devices.filter(({ id }) => id !== device.id);
        const { licenseId, hardwareId } = device;
        if (others.some((other) => other.licenseId === licenseId && other.hardwareId === hardwareId)) {
          throw new Error(`a second device ${hardwareId} of license ${licenseId}`);
        }
        this.devices = [...others, device].sort((a, b) => a.id - b.id);
        this.#use("device", device.id);
        for (const { id } of device.variables) this.#use("variable", id);
        return;
      }
      case "put_record": {
        this.#putRecord(change.kind, change.record);
        if (change.kind === "product") for (const { id } of change.record.features) this.#use("feature", id);
        return;
      }
      case "remove_record": {
        const others = this.#all(change.kind).filter(({ id }) => id !== change.id);
        this.#records = { ...this.#records, [change.kind]: others };
        return;
      }
      case "keep_reply": {
        const { licenseId, key, reply, until } = change;
        const others = this.replies.filter((kept) => kept.licenseId !== licenseId || kept.key !== key);
        this.replies = [...others, { licenseId, key, reply: structuredClone(reply), until }];
        return;
      }
      case "put_usage_spans": {
        const names = new Set(change.spans.map(nameOf));
        const others = this.usageSpans.filter((span) => !names.has(nameOf(span)));
        this.usageSpans = [...others, ...change.spans].sort(bySpan);
        return;
      }
      case "drop_usage_spans": {
        const { length, before, most } = change;
        const dropped = this.usageSpans.filter((span) => span.length === length && span.start < before).slice(0, most);
        this.usageSpans = this.usageSpans.filter((span) => !dropped.includes(span));
        return;
      }
      case "put_usage_position":
        this.usagePosition = change.position;
    }
  }

  #all<Kind extends RecordKind>(kind: Kind): readonly Records[Kind][] {
    return this.#records[kind] ?? [];
  }

  #putRecord(kind: RecordKind, record: Records[RecordKind]): void {
    const others = this.#all(kind).filter(({ id }) => id !== record.id);
    for (const [field, names] of Object.entries(recordFields[kind])) {
      if (names === "unique" && others.some((other) => fieldOf(other, field) === fieldOf(record, field))) {
        throw new Error(`a second ${kind} with the ${field} ${fieldOf(record, field)}`);
      }
    }
    this.#records = { ...this.#records, [kind]: [...others, structuredClone(record)] };
    this.#use(kind, record.id);
  }

  #use(kind: IdKind, id: number): void {
    this.nextIds = { ...this.nextIds, [kind]: Math.max(this.nextIds[kind], id + 1) };
  }
}

function nameOf({ licenseId, featureId, length, start }: UsageSpan): string {
  return `${licenseId} ${featureId} ${length} ${start}`;
}

function bySpan(a: UsageSpan, b: UsageSpan): number {
  return a.start - b.start || a.licenseId - b.licenseId || a.featureId - b.featureId;
}

function fieldOf(record: object, field: PropertyKey): unknown {
  return (record as Record<PropertyKey, unknown>)[field];
}

function isSame(a: Seat, b: Seat): boolean {
  return isSamePool(a, b) && a.holder === b.holder;
}

function isSamePool(a: PoolKey, b: PoolKey): boolean {
  return a.licenseId === b.licenseId && a.featureId === b.featureId;
}

/** A renewal that says nothing of a detail leaves it as it was. */
function mergeDetails(earlier: SeatDetails | undefined, later: SeatDetails | undefined): SeatDetails {
  const given = Object.entries(later ?? {}).filter(([, value]) => value !== undefined);
  return { ...earlier, ...Object.fromEntries(given) };
}
