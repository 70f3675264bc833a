import type { Instant } from "../../domain/instant.ts";
import type { ChainReport } from "../store.ts";
import type { CopyRow, CopyTable } from "./copy-tables.ts";

/** Why nothing is copied; a sentence for people. */
export class CopyRefusal extends Error {
  /** Whether a database is not to be reached, or lets nobody in by that name and password. */
  readonly kind: "failed" | "unreachable" | "denied";

  constructor(message: string, kind: CopyRefusal["kind"] = "failed", cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CopyRefusal";
    this.kind = kind;
  }
}

export type StoreKind = "sqlite" | "postgres";

/** What a store keeps beside its tables. */
export interface CopyClock {
  /** When a server was last alive, or decided something. */
  readonly aliveAt: Instant;
  /** No seat has ever had this id, nor a higher one. */
  readonly nextSeatId: number;
}

/** Where a store's events end. */
export interface ChainHead {
  readonly events: number;
  readonly lastEventId: number;
  /** Of the last event; where each license has a chain, SHA-256 over the ends of all. */
  readonly hash: string;
}

/** A database that no server has open, as it is at one moment. */
export interface CopyReader {
  readonly kind: StoreKind;
  clock(): Promise<CopyClock>;
  chainHead(): Promise<ChainHead>;
  /** As the store itself verifies it. [STORE-4] */
  verifyEvents(): Promise<ChainReport>;
  count(table: CopyTable): Promise<number>;
  /** All rows, some at a time; events in the order of their ids. */
  rows(table: CopyTable): AsyncIterable<readonly CopyRow[]>;
  /** Lets servers have it again. Of a target, nothing is left unless it was committed. */
  close(): Promise<void>;
}

/** An empty database that is written in one piece: until `commit`, nobody else sees any of it. [COPY-3] */
export interface CopyTarget extends CopyReader {
  /** @throws CopyRefusal that names the row, where the store cannot hold it */
  put(table: CopyTable, rows: readonly CopyRow[]): Promise<void>;
  /** Makes what only this store has, once all rows are there. */
  finish(clock: CopyClock): Promise<void>;
  /** Reads it as a server does at its start. @throws Error where that is not possible */
  load(): Promise<void>;
  /** Once this returns, all is on the disk. */
  commit(): Promise<void>;
}
