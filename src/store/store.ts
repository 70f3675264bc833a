import type { Decide, LicenseNames, Scope } from "../domain/decision.ts";
import type { Device } from "../domain/device.ts";
import type { EventKind } from "../domain/event.ts";
import type { Instant } from "../domain/instant.ts";
import type { License } from "../domain/license.ts";
import type { RecordKind, RecordRef, Records } from "../domain/records.ts";
import type { Seat, SeatDetails } from "../domain/seat.ts";
import type { Usage } from "../domain/usage.ts";
import type { TimeRange } from "../domain/usage-series.ts";
import type { SpanLength, UsagePosition, UsageSpan } from "../domain/usage-span.ts";

export type { LicenseNames } from "../domain/decision.ts";

/**
 * The port to what is kept. One verb changes things: `transact` shows a decision one consistent view of one
 * license, writes its changes and events in one commit, and answers once that commit is durable. [STORE-1]
 * Everything else reads what is committed.
 */
export interface Store {
  /**
   * @throws Fault `store_unavailable` when the commit is not possible; nothing was changed then
   */
  transact<Outcome>(scope: Scope, decide: Decide<Outcome>): Promise<Outcome>;

  /** All licenses, in the order they were added. */
  licenses(): Promise<readonly License[]>;
  /** The licenses that all given names fit, in the order they were added. */
  findLicenses(names: LicenseNames): Promise<readonly License[]>;
  /** What is used of a license now; undefined when there is no such license. */
  usage(licenseId: number): Promise<Usage | undefined>;
  /** Live seats of one license, or of all, in the order they were taken. */
  seats(licenseId?: number): Promise<readonly SeatRecord[]>;
  /** The seats of one license, or of all, as the events until now tell of them. */
  seatsAsTold(licenseId?: number): Promise<SeatsAsTold>;
  /** Live seats of one holder on one license, its own and those of its features, in no order. */
  seatsOf(licenseId: number, holder: string): Promise<readonly Seat[]>;
  /** Devices of one license, or every license's row of one hardware id, by their ids; inactive ones too. */
  devices(of: { readonly licenseId: number } | { readonly hardwareId: string }): Promise<readonly Device[]>;
  /** A record by its id or another field; of several the one with the lowest id. */
  findRecord<Kind extends RecordKind>(ref: RecordRef<Kind>): Promise<Records[Kind] | undefined>;
  /** All records of a kind, or those with that value of a field, by their ids. */
  records<Kind extends RecordKind>(
    kind: Kind,
    where?: Omit<RecordRef<Kind>, "kind">,
  ): Promise<readonly Records[Kind][]>;
  /**
   * Events that come after the one of that id, oldest first; 0 is from the first. With a filter, those that fit it;
   * newest first, `afterId` is the one that they come before, and 0 is from the last.
   */
  events(afterId: number, limit: number, filter?: EventFilter): Promise<readonly EventRecord[]>;
  /** Up to when usage is rolled up; undefined where it is to be from the first event on. */
  usagePosition(): Promise<UsagePosition | undefined>;
  /** Usage rolled up, oldest first, by license and feature within a moment. */
  usageSpans(of: UsageSpanQuery): Promise<readonly UsageSpan[]>;
  /** Recomputes the hash chain over all events. [STORE-4] */
  verifyEvents(): Promise<ChainReport>;

  /** A fact about this installation, made when first asked for and the same ever after. */
  fact(name: string, make: () => string): Promise<string>;
  /** Ends all seats that have run out, tidies kept replies. Decisions never depend on it. [TIME-1] */
  sweep(): Promise<void>;
  /**
   * Calls back soon after something was changed, by whatever node; now and then without a reason. A store that cannot
   * tell has none: it is asked instead.
   *
   * @returns what ends it
   */
  onChange?(listener: () => void): () => void;
  /**
   * Does what only one node at a time may do. A store of one process has none: there is nobody else.
   *
   * @returns undefined where another node is doing it
   */
  alone?<T extends object>(job: string, run: () => Promise<T>): Promise<T | undefined>;
  close(): Promise<void>;
}

export interface SeatRecord {
  readonly seat: Seat;
  readonly details: SeatDetails;
}

/** What events have come to. */
export interface SeatsAsTold {
  readonly now: Instant;
  /** 0 where there is none. */
  readonly lastEventId: number;
  /** In no order. One that has run out is there until an event tells of it. */
  readonly seats: readonly Seat[];
}

/** Spans of one length that begin at `from` or later, and before `to`. */
export interface UsageSpanQuery extends TimeRange {
  readonly length: SpanLength;
  readonly licenseId?: number | undefined;
  /** The first ones only. */
  readonly limit?: number;
}

export interface EventRecord {
  readonly id: number;
  readonly at: Instant;
  readonly kind: EventKind;
  readonly licenseId: number;
  readonly featureId: number;
  readonly holder: string | null;
  /** JSON text, or null. */
  readonly data: string | null;
  /** SHA-256 over the one before and this event, hex. */
  readonly hash: string;
}

/** Which events: all that is given must fit. */
export interface EventFilter {
  readonly kinds?: readonly string[] | undefined;
  readonly licenseIds?: readonly number[] | undefined;
  readonly featureIds?: readonly number[] | undefined;
  readonly holders?: readonly string[] | undefined;
  /** A part of the data's JSON text. */
  readonly dataHas?: string | undefined;
  /** At this time or later. */
  readonly since?: Instant | undefined;
  /** At this time or earlier. */
  readonly until?: Instant | undefined;
  readonly isNewestFirst?: boolean | undefined;
}

export interface ChainReport {
  readonly events: number;
  /** The first event whose hash does not follow from the one before; null when the chain is whole. */
  readonly brokenAt: number | null;
}
