import type { DatabaseSync } from "node:sqlite";
import { setImmediate as afterThisTurn } from "node:timers";
import type { Change, Decide, Decision, Scope, View } from "../../domain/decision.ts";
import { extendSeats } from "../../domain/downtime.ts";
import { expiryEvents, type SeatEvent } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import { findFeature, type License } from "../../domain/license.ts";
import { LICENSE_POOL, type PoolKey } from "../../domain/seat.ts";
import type { Usage } from "../../domain/usage.ts";
import { Fault } from "../../fault.ts";
import { type Clock, DecisionTime } from "../decision-time.ts";
import { chainEvent, verifyChain } from "../event-chain.ts";
import type { ChainReport, EventRecord, SeatRecord, Store } from "../store.ts";
import { HeldState } from "./held-state.ts";
import { detailsFromRow, eventFromRow, type Row, seatFromRow } from "./rows.ts";
import { isIoError, isOutOfOrder } from "./sqlite-error.ts";
import { prepareStatements, type Statements } from "./statements.ts";

/** How often an idle server writes down that it is alive. [TIME-5] */
const ALIVE_EVERY_MS = 5_000;
const NO_COUNTERS: View["counters"] = new Map();
const NO_POOL: PoolKey = { licenseId: 0, featureId: -1 };

/** One caller's part of a group: runs inside the transaction, is answered after the commit. */
interface Job {
  run(now: Instant): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

type Result = { readonly value: unknown } | { readonly error: unknown };

export interface SqliteStoreOptions {
  readonly clock: Clock;
  /** Opens (and after a lost commit reopens) the database. */
  readonly openDatabase: () => DatabaseSync;
  /** Called after each commit, to keep the log short. */
  readonly onCommit: () => void;
  /** Called when it cannot be told whether a commit happened: the process must end, the restart will tell. */
  readonly onLost: (error: unknown) => void;
  /** Called on close, before the database is closed and after it. */
  readonly onClosing: () => Promise<void>;
  readonly onClosed: () => void;
}

/**
 * The embedded store. Requests that arrive in one turn of the event loop are decided one after another inside one
 * transaction and answered after its commit: durable, and one disk sync for all of them. [STORE-2]
 */
export class SqliteStore implements Store {
  readonly #options: SqliteStoreOptions;
  readonly #time: DecisionTime;
  readonly #aliveTimer: NodeJS.Timeout;
  #db: DatabaseSync;
  #sql: Statements;
  #held: HeldState;
  #commits: number;
  #queue: Job[] = [];
  #isFlushPlanned = false;
  #isClosed = false;
  #closing: Promise<void> | undefined;
  #lastCommitAt: Instant;

  /** Loads the database, and gives the seats in it the time back that the server was down. */
  constructor(options: SqliteStoreOptions) {
    this.#options = options;
    this.#db = options.openDatabase();
    this.#sql = prepareStatements(this.#db);
    this.#held = HeldState.load(this.#sql);
    const clock = this.#sql.findClock.get() as Row;
    const stoppedAt = clock["alive_at"] as number;
    this.#commits = clock["commits"] as number;
    this.#time = new DecisionTime(options.clock, stoppedAt);
    this.#lastCommitAt = stoppedAt;
    this.#resume(stoppedAt);
    this.#aliveTimer = setInterval(() => this.#stampWhenIdle(), ALIVE_EVERY_MS).unref();
  }

  transact<Outcome>(scope: Scope, decide: Decide<Outcome>): Promise<Outcome> {
    return this.#enqueue((now) => {
      const decision = decideAlone(decide, this.#view(scope, now));
      for (const change of decision.changes) this.#apply(change);
      for (const event of decision.events) this.#record(now, event);
      return decision.outcome;
    });
  }

  async licenses(): Promise<readonly License[]> {
    return this.#held.licenses();
  }

  async usage(licenseId: number): Promise<Usage | undefined> {
    const held = this.#held.license(licenseId);
    if (held === undefined) return undefined;
    const now = this.#time.now();
    const inUse = new Map<number, number>();
    for (const featureId of [LICENSE_POOL, ...held.license.features.map((feature) => feature.id)]) {
      inUse.set(featureId, this.#held.seats.countLive({ licenseId, featureId }, now));
    }
    return { now, inUse, counters: new Map(held.counters) };
  }

  async seats(licenseId?: number): Promise<readonly SeatRecord[]> {
    const now = this.#time.now();
    const rows =
      licenseId === undefined ? this.#sql.liveSeats.all(now) : this.#sql.liveSeatsOfLicense.all(licenseId, now);
    return rows.map((row) => ({ seat: seatFromRow(row), details: detailsFromRow(row) }));
  }

  async events(afterId: number, limit: number): Promise<readonly EventRecord[]> {
    return this.#sql.events.all(afterId, limit).map(eventFromRow);
  }

  async verifyEvents(): Promise<ChainReport> {
    const rows = this.#sql.events.iterate(0, -1) as Iterable<Row>;
    return verifyChain(Iterator.from(rows).map(eventFromRow));
  }

  fact(name: string, make: () => string): Promise<string> {
    return this.#enqueue(() => {
      const known = this.#sql.findFact.get(name);
      if (known !== undefined) return known["value"] as string;
      const value = make();
      this.#write().putFact.run(name, value);
      return value;
    });
  }

  sweep(): Promise<void> {
    return this.#enqueue((now) => {
      for (const pool of [...this.#held.seats.pools()]) this.#endRunOut(pool, now);
      this.#write().dropReplies.run(now);
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#aliveTimer);
    await this.#enqueue(() => {
      this.#write();
    }).catch(() => {});
    this.#isClosed = true;
    await this.#options.onClosing();
    this.#db.close();
    this.#options.onClosed();
  }

  #enqueue<T>(run: (now: Instant) => T): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Fault("store_unavailable", "the store is closed"));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run, resolve: resolve as (value: unknown) => void, reject });
      if (this.#isFlushPlanned) return;
      this.#isFlushPlanned = true;
      afterThisTurn(() => this.#flush());
    });
  }

  #flush(): void {
    this.#isFlushPlanned = false;
    const jobs = this.#queue;
    this.#queue = [];
    const results = this.#commitGroup(jobs);
    for (const [index, job] of jobs.entries()) {
      const result = results[index] as Result;
      if ("value" in result) job.resolve(result.value);
      else job.reject(result.error);
    }
  }

  /** All in one transaction. An error that only one job can have caused is that job's alone. */
  #commitGroup(jobs: readonly Job[]): Result[] {
    try {
      return this.#commit(jobs);
    } catch (error) {
      if (isOutOfOrder(error)) {
        const fault = new Fault("store_unavailable", "the database cannot commit", error);
        return jobs.map(() => ({ error: fault }));
      }
      if (jobs.length === 1) return [{ error: new Fault("internal_error", "the database refused a change", error) }];
      return jobs.flatMap((job) => this.#commitGroup([job]));
    }
  }

  #commit(jobs: readonly Job[]): Result[] {
    const now = this.#time.now();
    try {
      const results = jobs.map((job) => runJob(job, now));
      if (this.#db.isTransaction) {
        this.#sql.stampClock.run(now, this.#commits + 1, this.#held.nextSeatId);
        this.#commitOrSettle();
        this.#commits += 1;
        this.#lastCommitAt = now;
        this.#options.onCommit();
      }
      this.#held.keep();
      return results;
    } catch (error) {
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec("ROLLBACK");
      this.#held.undo();
      throw error;
    }
  }

  /** After an I/O error at COMMIT its fate is unknown: the database is opened anew and asked. [STORE-7] */
  #commitOrSettle(): void {
    try {
      this.#sql.commit.run();
    } catch (error) {
      if (this.#db.isTransaction || !isIoError(error)) throw error;
      let commits: number;
      try {
        this.#db.close();
        this.#db = this.#options.openDatabase();
        this.#sql = prepareStatements(this.#db);
        this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        commits = (this.#sql.findClock.get() as Row)["commits"] as number;
      } catch (lost) {
        this.#options.onLost(lost);
        throw error;
      }
      if (commits !== this.#commits + 1) throw error;
    }
  }

  /** The statements, with a transaction begun. */
  #write(): Statements {
    if (!this.#db.isTransaction) this.#sql.begin.run();
    return this.#sql;
  }

  #view(scope: Scope, now: Instant): View {
    const held = this.#held.resolve(scope.license);
    const license = held?.license;
    const feature = license && scope.feature !== undefined ? findFeature(license, scope.feature) : undefined;
    const licensePool = license ? { licenseId: license.id, featureId: LICENSE_POOL } : NO_POOL;
    const featurePool = license && feature ? { licenseId: license.id, featureId: feature.id } : NO_POOL;
    if (license !== undefined) {
      if (scope.everySeat) {
        for (const { id } of license.features) this.#endRunOut({ licenseId: license.id, featureId: id }, now);
      }
      this.#endRunOut(licensePool, now);
      this.#endRunOut(featurePool, now);
    }
    const { seats } = this.#held;
    return {
      now,
      productKnown: "product" in scope.license ? this.#held.isProductKnown(scope.license.product) : true,
      license,
      licensePool: seats.view(licensePool),
      featurePool: seats.view(featurePool),
      mine: license && scope.holder !== undefined ? seats.ofHolder(license.id, scope.holder, now) : [],
      seats: license && scope.everySeat ? [...seats.ofLicense(license.id)].filter((seat) => seat.endsAt > now) : [],
      counters: held?.counters ?? NO_COUNTERS,
      keptReply: license && scope.replyKey !== undefined ? this.#keptReply(license.id, scope.replyKey, now) : undefined,
      importedFile: held?.file,
      nextSeatId: this.#held.nextSeatId,
    };
  }

  #keptReply(licenseId: number, key: string, now: Instant): View["keptReply"] {
    const row = this.#sql.findReply.get(licenseId, key, now);
    return row === undefined ? undefined : JSON.parse(row["reply"] as string);
  }

  #apply(change: Change): void {
    const sql = this.#write();
    switch (change.change) {
      case "put_seat": {
        const { seat, details } = change;
        const earlier = this.#held.putSeat(seat);
        if (earlier !== undefined && earlier.id !== seat.id) sql.endSeat.run(earlier.id);
        sql.putSeat.run(
          seat.id,
          seat.licenseId,
          seat.featureId,
          seat.holder,
          seat.takenAt,
          seat.heardAt,
          seat.beatEndsAt,
          seat.borrowedUntil,
          seat.neededUntil,
          seat.endsAt,
          details?.hostname ?? null,
          details?.localIp ?? null,
          details?.info ?? null,
          details?.registeredAt ?? null,
          details?.sdkVersion ?? null,
          details?.appVersion ?? null,
        );
        return;
      }
      case "end_seat": {
        const earlier = this.#held.endSeat(change.seat);
        if (earlier !== undefined) sql.endSeat.run(earlier.id);
        return;
      }
      case "put_counter": {
        const { counter } = change;
        this.#held.putCounter(counter);
        const { licenseId, featureId, total, periodStartedAt, overageLimit } = counter;
        sql.putCounter.run(licenseId, featureId, total, periodStartedAt, overageLimit);
        return;
      }
      case "put_license": {
        const { license, file } = change;
        this.#held.putLicense(license, file);
        sql.putLicense.run(license.id, license.product.code, JSON.stringify(license), file.digest, file.issuedAt);
        return;
      }
      case "keep_reply":
        sql.keepReply.run(change.licenseId, change.key, JSON.stringify(change.reply), change.until);
    }
  }

  #record(now: Instant, event: SeatEvent): void {
    const record = chainEvent(this.#held.lastEvent, now, event);
    this.#held.lastEvent = record;
    const { id, at, kind, licenseId, featureId, holder, data, hash } = record;
    this.#write().putEvent.run(id, at, kind, licenseId, featureId, holder, data, Buffer.from(hash, "hex"));
  }

  #endRunOut(pool: PoolKey, now: Instant): void {
    for (;;) {
      const seat = this.#held.seats.firstRunOut(pool, now);
      if (seat === undefined) return;
      this.#apply({ change: "end_seat", seat });
      for (const event of expiryEvents(seat)) this.#record(now, event);
    }
  }

  #resume(stoppedAt: Instant): void {
    const job: Job = {
      run: (now) => {
        this.#write();
        for (const license of stoppedAt === 0 ? [] : this.#held.licenses()) {
          const seats = [...this.#held.seats.ofLicense(license.id)];
          const extended = extendSeats(license, seats, stoppedAt, now);
          for (const seat of extended) this.#apply({ change: "put_seat", seat });
          if (extended.length > 0) {
            const data = { seats: extended.length, downMs: now - stoppedAt };
            this.#record(now, { kind: "seats_extended", licenseId: license.id, featureId: LICENSE_POOL, data });
          }
        }
      },
      resolve: () => {},
      reject: () => {},
    };
    const [result] = this.#commit([job]);
    if (result !== undefined && "error" in result) throw result.error;
  }

  #stampWhenIdle(): void {
    if (this.#time.now() - this.#lastCommitAt < ALIVE_EVERY_MS) return;
    this.#enqueue(() => {
      this.#write();
    }).catch(() => {});
  }
}

/** A decision that throws has changed nothing: its error is its own. Any other concerns the whole group. */
class DecisionError extends Error {}

function decideAlone<Outcome>(decide: Decide<Outcome>, view: View): Decision<Outcome> {
  try {
    return decide(view);
  } catch (error) {
    throw new DecisionError("a decision failed", { cause: error });
  }
}

function runJob(job: Job, now: Instant): Result {
  try {
    return { value: job.run(now) };
  } catch (error) {
    if (error instanceof DecisionError) return { error: error.cause };
    throw error;
  }
}
