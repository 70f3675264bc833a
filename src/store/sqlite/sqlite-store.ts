import type { DatabaseSync } from "node:sqlite";
import type { Decide, Decision, Scope, View } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import { extendSeats } from "../../domain/downtime.ts";
import type { Instant } from "../../domain/instant.ts";
import type { License } from "../../domain/license.ts";
import type { RecordKind, RecordRef, Records } from "../../domain/records.ts";
import { LICENSE_POOL, type Seat } from "../../domain/seat.ts";
import type { Usage } from "../../domain/usage.ts";
import type { UsagePosition, UsageSpan } from "../../domain/usage-span.ts";
import { Fault } from "../../fault.ts";
import { ChangeListeners } from "../change-listeners.ts";
import { type Clock, DecisionTime } from "../decision-time.ts";
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
import { Connection, LostCommit } from "./connection.ts";
import { searchEvents, verifyEvents } from "./event-search.ts";
import { Group, LoneError } from "./group.ts";
import { HeldState } from "./held-state.ts";
import { Ledger } from "./ledger.ts";
import { detailsFromRow, deviceFromRow, type Row, seatFromRow } from "./rows.ts";
import { findSpans } from "./usage-spans.ts";
import { Views } from "./views.ts";

/** How often an idle server writes down that it is alive. [TIME-5] */
const ALIVE_EVERY_MS = 5_000;

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
  readonly #connection: Connection;
  readonly #held: HeldState;
  readonly #ledger: Ledger;
  readonly #views: Views;
  readonly #group = new Group((run) => this.#commit(run));
  readonly #time: DecisionTime;
  readonly #changed = new ChangeListeners();
  readonly #aliveTimer: NodeJS.Timeout;
  #commits: number;
  #lastCommitAt: Instant;
  #isClosed = false;
  #closing: Promise<void> | undefined;

  /** Loads the database, and gives the seats in it the time back that the server was down. */
  constructor(options: SqliteStoreOptions) {
    this.#options = options;
    this.#connection = new Connection(options.openDatabase);
    this.#held = HeldState.load(this.#connection.read);
    this.#ledger = new Ledger(this.#connection, this.#held);
    this.#views = new Views(this.#connection, this.#held, this.#ledger);
    this.#commits = this.#connection.commits;
    const stoppedAt = (this.#connection.read.findClock.get() as Row)["alive_at"] as number;
    this.#time = new DecisionTime(options.clock, stoppedAt);
    this.#lastCommitAt = stoppedAt;
    this.#commit((now) => this.#resume(stoppedAt, now));
    this.#aliveTimer = setInterval(() => this.#stampWhenIdle(), ALIVE_EVERY_MS).unref();
  }

  transact<Outcome>(scope: Scope, decide: Decide<Outcome>): Promise<Outcome> {
    return this.#add((now) => {
      const decision = decideAlone(decide, this.#views.of(scope, now));
      for (const change of decision.changes) this.#ledger.apply(change);
      for (const event of decision.events) this.#ledger.record(now, event);
      return decision.outcome;
    });
  }

  async licenses(): Promise<readonly License[]> {
    return this.#held.licenses();
  }

  async findLicenses(names: LicenseNames): Promise<readonly License[]> {
    return this.#held.find(names, this.#views.userId(names.username)).map(({ license }) => license);
  }

  async devices(of: { readonly licenseId: number } | { readonly hardwareId: string }): Promise<readonly Device[]> {
    const { devicesOfLicense, devicesOfHardware } = this.#connection.read;
    const rows = "licenseId" in of ? devicesOfLicense.all(of.licenseId) : devicesOfHardware.all(of.hardwareId);
    return rows.map(deviceFromRow);
  }

  async findRecord<Kind extends RecordKind>(ref: RecordRef<Kind>): Promise<Records[Kind] | undefined> {
    return this.#connection.read.records.find(ref);
  }

  async records<Kind extends RecordKind>(
    kind: Kind,
    where?: Omit<RecordRef<Kind>, "kind">,
  ): Promise<readonly Records[Kind][]> {
    return this.#connection.read.records.all(kind, where);
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
    const { liveSeats, liveSeatsOfLicense } = this.#connection.read;
    const rows = licenseId === undefined ? liveSeats.all(now) : liveSeatsOfLicense.all(licenseId, now);
    return rows.map((row) => ({ seat: seatFromRow(row), details: detailsFromRow(row) }));
  }

  async seatsAsTold(licenseId?: number): Promise<SeatsAsTold> {
    const { seats, lastEvent } = this.#held;
    const told = [...(licenseId === undefined ? seats.all() : seats.ofLicense(licenseId))];
    return { now: this.#time.now(), lastEventId: lastEvent.id, seats: told };
  }

  async usagePosition(): Promise<UsagePosition | undefined> {
    return this.#connection.read.usage.position();
  }

  async usageSpans(of: UsageSpanQuery): Promise<readonly UsageSpan[]> {
    return findSpans(() => this.#connection.read.usage, of);
  }

  async seatsOf(licenseId: number, holder: string): Promise<readonly Seat[]> {
    return this.#held.seats.ofHolder(licenseId, holder, this.#time.now());
  }

  async events(afterId: number, limit: number, filter?: EventFilter): Promise<readonly EventRecord[]> {
    return searchEvents(() => this.#connection.read, afterId, limit, filter);
  }

  verifyEvents(): Promise<ChainReport> {
    return verifyEvents(() => this.#connection.read);
  }

  fact(name: string, make: () => string): Promise<string> {
    return this.#add(() => {
      const known = this.#connection.read.findFact.get(name);
      if (known !== undefined) return known["value"] as string;
      const value = make();
      this.#connection.write.putFact.run(name, value);
      return value;
    });
  }

  sweep(): Promise<void> {
    return this.#add((now) => {
      for (const pool of [...this.#held.seats.pools()]) this.#ledger.endRunOut(pool, now);
      this.#connection.write.dropReplies.run(now);
    });
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#aliveTimer);
    await this.#stamp();
    this.#isClosed = true;
    // What was asked for before still runs: a group is done in the order it came.
    await this.#group.add(() => {}).catch(() => {});
    await this.#options.onClosing();
    this.#connection.close();
    this.#options.onClosed();
  }

  #add<T>(run: (now: Instant) => T): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Fault("store_unavailable", "the store is closed"));
    return this.#group.add(run);
  }

  /** Runs what a group does in one transaction. @throws when nothing was changed */
  #commit<T>(run: (now: Instant) => T): T {
    const now = this.#time.now();
    try {
      const result = run(now);
      if (this.#connection.isInTransaction) {
        this.#connection.write.stampClock.run(now, this.#commits + 1, this.#held.nextSeatId);
        this.#connection.commit(this.#commits + 1);
        this.#commits += 1;
        this.#lastCommitAt = now;
        this.#options.onCommit();
        this.#changed.tell();
      }
      this.#held.keep();
      return result;
    } catch (error) {
      this.#connection.rollBack();
      this.#held.undo();
      if (error instanceof LostCommit) this.#options.onLost(error);
      throw error;
    }
  }

  /** The time that the server was down is given back to the seats that were live. [TIME-5] */
  #resume(stoppedAt: Instant, now: Instant): void {
    this.#connection.begin();
    for (const license of stoppedAt === 0 ? [] : this.#held.licenses()) {
      const extended = extendSeats(license, [...this.#held.seats.ofLicense(license.id)], stoppedAt, now);
      for (const seat of extended) this.#ledger.apply({ change: "put_seat", seat });
      if (extended.length === 0) continue;
      const data = { seats: extended.length, downMs: now - stoppedAt };
      this.#ledger.record(now, { kind: "seats_extended", licenseId: license.id, featureId: LICENSE_POOL, data });
    }
  }

  #stampWhenIdle(): void {
    if (this.#time.now() - this.#lastCommitAt >= ALIVE_EVERY_MS) void this.#stamp();
  }

  /** Commits nothing but the time; a database that cannot commit now will be asked again. */
  #stamp(): Promise<void> {
    return this.#add(() => this.#connection.begin()).catch(() => {});
  }
}

function decideAlone<Outcome>(decide: Decide<Outcome>, view: View): Decision<Outcome> {
  try {
    return decide(view);
  } catch (error) {
    throw new LoneError("a decision failed", { cause: error });
  }
}
