import type { Counter } from "./counter.ts";
import type { SeatEvent } from "./event.ts";
import type { Instant } from "./instant.ts";
import type { Json } from "./json.ts";
import type { License } from "./license.ts";
import type { Seat, SeatDetails } from "./seat.ts";

/** Names what a decision needs to see. The license is resolved and locked first; the rest belongs to it. */
export interface Scope {
  /** A product's code: its license of that id, or else the one added last. Or an id alone. */
  readonly license:
    | { readonly product: string; readonly licenseId?: number | undefined }
    | { readonly licenseId: number };
  /** The feature whose pool and counter are looked at. */
  readonly feature?: string;
  /** Whose seats are looked at. */
  readonly holder?: string;
  /** Shows every seat of the license: for bulk changes, never for a check-out. */
  readonly everySeat?: boolean;
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
  readonly productKnown: boolean;
  readonly license: License | undefined;
  readonly licensePool: PoolView;
  /** Of the scope's feature; empty where the license has no such feature. */
  readonly featurePool: PoolView;
  /** The holder's live seats of this license: its own and those of its features. */
  readonly mine: readonly Seat[];
  /** All live seats of the license, where the scope asked for them. */
  readonly seats: readonly Seat[];
  /** The license's counters by feature id, as stored; `LICENSE_POOL` is its own. */
  readonly counters: ReadonlyMap<number, Counter>;
  /** What was kept under the scope's reply key and is still to be given again. */
  readonly keptReply: Json | undefined;
  /** The file the license was last taken from. */
  readonly importedFile: ImportedFile | undefined;
  /** New seats take this id and those that follow it. */
  readonly nextSeatId: number;
}

export type Change =
  | { readonly change: "put_seat"; readonly seat: Seat; readonly details?: SeatDetails | undefined }
  | { readonly change: "end_seat"; readonly seat: Seat }
  | { readonly change: "put_counter"; readonly counter: Counter }
  | { readonly change: "put_license"; readonly license: License; readonly file: ImportedFile }
  | {
      readonly change: "keep_reply";
      readonly licenseId: number;
      readonly key: string;
      readonly reply: Json;
      readonly until: Instant;
    };

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
