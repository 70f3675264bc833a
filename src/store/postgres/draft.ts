import type { Counter } from "../../domain/counter.ts";
import type { Change } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import type { Seat, SeatDetails } from "../../domain/seat.ts";
import type { EventRecord } from "../store.ts";
import type { KeptLicense } from "./seen.ts";

export type UsageChange = Extract<
  Change,
  { readonly change: "put_usage_spans" | "drop_usage_spans" | "put_usage_position" }
>;

/** What a transaction will write: of everything that its decisions change, how it is in the end. */
export class Draft {
  readonly removedLicenses = new Set<number>();
  readonly licenses = new Map<number, KeptLicense>();
  readonly devices = new Map<number, Device>();
  readonly counters = new Map<string, { licenseId: number; featureId: number; counter: Counter | undefined }>();
  readonly replies = new Map<string, Extract<Change, { change: "keep_reply" }>>();
  /** Undefined is ended. */
  readonly seats = new Map<string, { key: Seat; seat: Seat | undefined; details: SeatDetails | undefined }>();
  readonly usage: UsageChange[] = [];
  /** Without id and hash, which they get when all are known. */
  readonly events: Omit<EventRecord, "id" | "hash">[] = [];

  get isEmpty(): boolean {
    const kept = [this.removedLicenses, this.licenses, this.devices, this.counters, this.replies, this.seats];
    return kept.every(({ size }) => size === 0) && this.usage.length === 0 && this.events.length === 0;
  }

  putSeat(seat: Seat, details: SeatDetails | undefined): void {
    const name = nameOfSeat(seat);
    const before = this.seats.get(name);
    const earlier = before?.seat?.id === seat.id ? before.details : undefined;
    this.seats.set(name, { key: seat, seat, details: earlier === undefined ? details : withMore(earlier, details) });
  }

  endSeat(seat: Seat): void {
    this.seats.set(nameOfSeat(seat), { key: seat, seat: undefined, details: undefined });
  }

  putCounter(licenseId: number, featureId: number, counter: Counter | undefined): void {
    this.counters.set(`${licenseId} ${featureId}`, { licenseId, featureId, counter });
  }

  /** What was to be written of a license is not any more. */
  removeLicense(licenseId: number): void {
    this.removedLicenses.add(licenseId);
    this.licenses.delete(licenseId);
    for (const [id, device] of this.devices) if (device.licenseId === licenseId) this.devices.delete(id);
    for (const things of [this.counters, this.replies]) {
      for (const [name, thing] of things as Map<string, { licenseId: number }>) {
        if (thing.licenseId === licenseId) things.delete(name);
      }
    }
    for (const [name, { key }] of this.seats) if (key.licenseId === licenseId) this.seats.delete(name);
  }
}

/** What is not said is as it was. */
function withMore(details: SeatDetails, more: SeatDetails | undefined): SeatDetails {
  const given = Object.entries(more ?? {}).filter(([, value]) => value !== undefined);
  return { ...details, ...Object.fromEntries(given) };
}

function nameOfSeat({ licenseId, featureId, holder }: Seat): string {
  return `${licenseId} ${featureId} ${holder}`;
}
