import type { Counter } from "./counter.ts";
import type { Device } from "./device.ts";
import type { SeatEvent } from "./event.ts";
import type { Hold } from "./hold.ts";
import type { Instant } from "./instant.ts";
import type { Json } from "./json.ts";
import type { License } from "./license.ts";
import type { AnyRecordRef, NextIds, RecordKind, Records, RecordView } from "./records.ts";
import type { Seat, SeatDetails } from "./seat.ts";
import type { SpanLength, UsagePosition, UsageSpan } from "./usage-span.ts";

/** Which license: by its id alone, or one of a product. */
export type LicenseRef =
  | { readonly licenseId: number }
  | {
      readonly product: string;
      /** Left out: the license added last of those that the rest names. */
      readonly licenseId?: number | undefined;
      /** Only licenses with this key. */
      readonly key?: string | undefined;
      /** Only licenses that this license user is assigned to. */
      readonly username?: string | undefined;
      /** Only licenses issued with this bundle. */
      readonly bundleCode?: string | undefined;
    };

/** What licenses are looked for by: every name that is given must fit. */
export interface LicenseNames {
  readonly licenseId?: number | undefined;
  readonly product?: string | undefined;
  readonly key?: string | undefined;
  readonly username?: string | undefined;
  readonly bundleCode?: string | undefined;
  readonly customerId?: number | undefined;
  readonly orderId?: number | undefined;
  readonly policyId?: number | undefined;
}

/** Names what a decision needs to see. The license is resolved and locked first; the rest belongs to it. */
export interface Scope {
  /** Left out where the decision is about records only. */
  readonly license?: LicenseRef | undefined;
  /** The feature whose pool and counter are looked at. */
  readonly feature?: string;
  /** Whose seats are looked at. */
  readonly holder?: string;
  /** The hardware id of the device that is looked at. */
  readonly device?: string | undefined;
  /** Shows every seat of the license: for bulk changes, never for a check-out. */
  readonly everySeat?: boolean;
  /** Shows every device of the license: for bulk changes, and where a user's devices are counted. */
  readonly everyDevice?: boolean;
  /** Other licenses that are looked at: all that one of these names. For decisions about what licenses share. */
  readonly licenses?: readonly LicenseNames[];
  /** Records that are looked at: all that have that value of a field. */
  readonly records?: readonly AnyRecordRef[];
  /** Kinds of which every record is looked at: for those that a vendor has few of. */
  readonly everyRecord?: readonly RecordKind[];
  /** A key under which an earlier outcome may have been kept for this license. */
  readonly replyKey?: string | undefined;
}

/** A pool as a decision sees it: run-out seats are gone already. */
export interface PoolView {
  /** Live seats. */
  readonly inUse: number;
  /** When the first of them ends unless renewed; undefined in an empty pool. */
  readonly firstEndsAt: Instant | undefined;
}

export interface View {
  readonly now: Instant;
  /** The vendor has such a product, or there is a license of it. */
  readonly productKnown: boolean;
  readonly license: License | undefined;
  /** The license user that the scope names. */
  readonly userId: number | undefined;
  /** The row of the scope's device on this license, whether it is active or not. */
  readonly device: Device | undefined;
  /** All device rows of the license, where the scope asked for them. */
  readonly devices: readonly Device[];
  readonly licensePool: PoolView;
  /** Of the scope's feature; empty where the license has no such feature. */
  readonly featurePool: PoolView;
  /** The holder's live seats of this license: its own and those of its features. */
  readonly mine: readonly Seat[];
  /** What of this license is held from the holder now. [HOLD-1] */
  readonly holds: readonly Hold[];
  /** All live seats of the license, where the scope asked for them. */
  readonly seats: readonly Seat[];
  /** The licenses that the scope's `licenses` names, in the order they were added, each once. */
  readonly licenses: readonly License[];
  /** The license's counters by feature id, as stored; `LICENSE_POOL` is its own. */
  readonly counters: ReadonlyMap<number, Counter>;
  /** What was kept under the scope's reply key and is still to be given again. */
  readonly keptReply: Json | undefined;
  /** The file the license was last taken from. */
  readonly importedFile: ImportedFile | undefined;
  /** New seats take this id and those that follow it. */
  readonly nextSeatId: number;
  /** What else is new takes these ids, and those that follow them. */
  readonly nextIds: NextIds;
  readonly records: RecordView;
}

export type Change =
  | { readonly change: "put_seat"; readonly seat: Seat; readonly details?: SeatDetails | undefined }
  | { readonly change: "end_seat"; readonly seat: Seat }
  | { readonly change: "put_counter"; readonly counter: Counter }
  | { readonly change: "put_license"; readonly license: License; readonly file?: ImportedFile | undefined }
  /** Its counters, devices and kept replies go with it; its seats are ended by changes of their own. */
  | { readonly change: "remove_license"; readonly licenseId: number }
  | { readonly change: "remove_counter"; readonly licenseId: number; readonly featureId: number }
  | { readonly change: "put_device"; readonly device: Device }
  | PutRecord
  | { readonly change: "remove_record"; readonly kind: RecordKind; readonly id: number }
  | {
      readonly change: "keep_reply";
      readonly licenseId: number;
      readonly key: string;
      readonly reply: Json;
      readonly until: Instant;
    }
  /** Each in the place of the one of its pool, length and start. */
  | { readonly change: "put_usage_spans"; readonly spans: readonly UsageSpan[] }
  /** Spans of a length that begin before a moment, some at a time. */
  | {
      readonly change: "drop_usage_spans";
      readonly length: SpanLength;
      readonly before: Instant;
      readonly most: number;
    }
  /** Null where spans are to be made anew. */
  | { readonly change: "put_usage_position"; readonly position: UsagePosition | null };

/** A record of any kind, in the place of the one with its id. */
export type PutRecord = {
  [Kind in RecordKind]: { readonly change: "put_record"; readonly kind: Kind; readonly record: Records[Kind] };
}[RecordKind];

/** Which file a license was last taken from. */
export interface ImportedFile {
  /** SHA-256 of the file's signed text, hex. */
  readonly digest: string;
  readonly issuedAt: Instant;
}

export interface Decision<Outcome> {
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  readonly events: readonly SeatEvent[];
}

/** Pure and synchronous: the same view gives the same decision. Its type refuses a Promise. */
export type Decide<Outcome> = (view: View) => Decision<Outcome>;

/** A decision that changes nothing and leaves no event. */
export function unchanged<Outcome>(outcome: Outcome): Decision<Outcome> {
  return { outcome, changes: [], events: [] };
}
