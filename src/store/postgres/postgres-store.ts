import type { Pool } from "pg";
import { type Decide, type Scope, unchanged } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import type { License } from "../../domain/license.ts";
import type { RecordKind, RecordRef, Records } from "../../domain/records.ts";
import { isLive, LICENSE_POOL, type Seat } from "../../domain/seat.ts";
import type { Usage } from "../../domain/usage.ts";
import type { UsagePosition, UsageSpan } from "../../domain/usage-span.ts";
import { ChangeListeners } from "../change-listeners.ts";
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
import { jobLock } from "./advisory-locks.ts";
import { Decider } from "./decider.ts";
import { searchEvents, verifyEvents } from "./events.ts";
import { Group } from "./group.ts";
import { Keeper } from "./keeper.ts";
import { whereNames } from "./license-names.ts";
import { connectKeeperTo, openDecidingPool, openPool } from "./pool.ts";
import { unavailable } from "./postgres-error.ts";
import { findRecords } from "./record-statements.ts";
import { resume } from "./resume.ts";
import { counterFromRow, detailsFromRow, type Row, SEAT_COLUMNS, seatFromRow, usageSpanFromRow } from "./rows.ts";
import { searchable } from "./searchable.ts";
import { readSeatsAsTold } from "./seats-as-told.ts";
import { type Node, type Request, requestOf } from "./transaction.ts";

/** More at a time make each smaller, and the server slower: of 1, 2, 3, 4 and 6, 2 were fastest on two cores. */
const MOST_TRANSACTIONS = 2;
/** How many licenses are tidied in one transaction. */
const TIDIED_AT_ONCE = 100;

/**
 * The store of many nodes: everything decisive is in the database, and any node takes any request. Requests of a node that
 * wait at the same time are decided in one transaction.
 */
export class PostgresStore implements Store {
  readonly #pool: Pool;
  readonly #decidingPool: Pool;
  readonly #node: Node;
  readonly #keeper: Keeper;
  readonly #group: Group;
  readonly #changed = new ChangeListeners();
  #closing: Promise<void> | undefined;

  /** @param poolSize how many connections it may have, beside one for itself */
  constructor(url: string, poolSize: number, answerWithinMs: number, node: Node) {
    this.#pool = openPool(url, poolSize - MOST_TRANSACTIONS, answerWithinMs);
    this.#decidingPool = openDecidingPool(url, MOST_TRANSACTIONS, answerWithinMs);
    this.#node = node;
    const tell = () => {
      this.#changed.tell();
      this.#keeper.tell();
    };
    const decider = new Decider(this.#decidingPool, node, tell, () => this.#keeper.ready());
    this.#keeper = new Keeper({
      config: connectKeeperTo(url),
      time: node.time,
      onChange: () => this.#changed.tell(),
      onLost: () => node.seatIds.forget(),
      resume: (stoppedAt) => resume(url, node, stoppedAt),
    });
    this.#group = new Group(MOST_TRANSACTIONS, async (requests) => {
      try {
        await this.#keeper.ready();
      } catch (error) {
        return requests.map(() => ({ error }));
      }
      return decider.decide(requests);
    });
  }

  /** Once the node is known to be alive, and seats have the time of an outage back. */
  opened(): Promise<void> {
    return this.#keeper.opened();
  }

  transact<Outcome>(scope: Scope, decide: Decide<Outcome>): Promise<Outcome> {
    return this.#add(requestOf(scope, decide)) as Promise<Outcome>;
  }

  async licenses(): Promise<readonly License[]> {
    return this.findLicenses({});
  }

  async findLicenses(names: LicenseNames): Promise<readonly License[]> {
    const { where, values } = whereNames(names);
    const rows = await this.#rows(`SELECT document FROM license WHERE ${where} ORDER BY added`, ...values);
    return rows.map((row) => row["document"] as License);
  }

  async usage(licenseId: number): Promise<Usage | undefined> {
    const now = this.#node.time.now();
    const [row] = await this.#rows(
      `SELECT document,
         (SELECT json_agg(json_build_array(pool.key::bigint, pool.value::bigint - (SELECT count(*) FROM seat
            WHERE seat.license_id = license.id AND seat.feature_id = pool.key::bigint AND ends_at <= $2)))
          FROM chain CROSS JOIN json_each_text(pools::json) AS pool WHERE chain.license_id = license.id) AS pools,
         (SELECT json_agg(counter) FROM counter WHERE license_id = license.id) AS counters
       FROM license WHERE license.id = $1`,
      licenseId,
      now,
    );
    if (row === undefined) return undefined;
    const counted = new Map((row["pools"] as [number, number][] | null) ?? []);
    const counters = ((row["counters"] as Row[] | null) ?? []).map(counterFromRow);
    const ids = [LICENSE_POOL, ...(row["document"] as License).features.map(({ id }) => id)];
    return {
      now,
      inUse: new Map(ids.map((id) => [id, counted.get(id) ?? 0])),
      counters: new Map(counters.map((counter) => [counter.featureId, counter])),
    };
  }

  async seats(licenseId?: number): Promise<readonly SeatRecord[]> {
    const now = this.#node.time.now();
    const rows = await this.#rows(
      `SELECT ${SEAT_COLUMNS} FROM seat WHERE ends_at > $1 ${licenseId === undefined ? "" : "AND license_id = $2"}
       ORDER BY taken_at, id`,
      ...(licenseId === undefined ? [now] : [now, licenseId]),
    );
    return rows.map((row) => ({ seat: seatFromRow(row), details: detailsFromRow(row) }));
  }

  seatsAsTold(licenseId?: number): Promise<SeatsAsTold> {
    return this.#reading(() => readSeatsAsTold(this.#pool, this.#node.time, licenseId));
  }

  async seatsOf(licenseId: number, holder: string): Promise<readonly Seat[]> {
    const now = this.#node.time.now();
    const rows = await this.#rows(
      `SELECT ${SEAT_COLUMNS} FROM seat WHERE license_id = $1 AND holder = $2`,
      licenseId,
      holder,
    );
    return rows.map(seatFromRow).filter((seat) => isLive(seat, now));
  }

  async devices(of: { readonly licenseId: number } | { readonly hardwareId: string }): Promise<readonly Device[]> {
    const rows =
      "licenseId" in of
        ? await this.#rows("SELECT document FROM device WHERE license_id = $1 ORDER BY id", of.licenseId)
        : await this.#rows("SELECT document FROM device WHERE hardware_id = $1 ORDER BY id", of.hardwareId);
    return rows.map((row) => row["document"] as Device);
  }

  async findRecord<Kind extends RecordKind>(ref: RecordRef<Kind>): Promise<Records[Kind] | undefined> {
    return (await this.records(ref.kind, ref))[0];
  }

  async records<Kind extends RecordKind>(
    kind: Kind,
    where?: Omit<RecordRef<Kind>, "kind">,
  ): Promise<readonly Records[Kind][]> {
    return this.#reading(() => findRecords(this.#pool, kind, where));
  }

  async events(afterId: number, limit: number, filter?: EventFilter): Promise<readonly EventRecord[]> {
    return this.#reading(() => searchEvents(this.#pool, afterId, limit, filter));
  }

  async usagePosition(): Promise<UsagePosition | undefined> {
    const [row] = await this.#rows("SELECT until, built_at FROM usage_position");
    return row && { until: row["until"] as number, builtAt: row["built_at"] as number };
  }

  async usageSpans({ length, from, to, licenseId, limit }: UsageSpanQuery): Promise<readonly UsageSpan[]> {
    const rows = await this.#rows(
      `SELECT license_id, feature_id, length, start, opening, closing, max, seat_ms, denials, levels FROM usage_span
       WHERE length = $1 AND start >= $2 AND start < $3 ${licenseId === undefined ? "" : "AND license_id = $5"}
       ORDER BY start, license_id, feature_id LIMIT $4`,
      ...[length, from, to, limit ?? null, ...(licenseId === undefined ? [] : [licenseId])],
    );
    return rows.map(usageSpanFromRow);
  }

  async verifyEvents(): Promise<ChainReport> {
    return this.#reading(async () => {
      const client = await this.#pool.connect();
      let isDone = false;
      try {
        const report = await verifyEvents(client);
        isDone = true;
        return report;
      } finally {
        client.release(!isDone);
      }
    });
  }

  async fact(name: string, make: () => string): Promise<string> {
    const find = () => this.#rows("SELECT value FROM fact WHERE name = $1", name);
    const [known] = await find();
    if (known !== undefined) return known["value"] as string;
    await this.#rows("INSERT INTO fact (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", name, make());
    const [kept] = await find();
    return kept?.["value"] as string;
  }

  /** One node at a time; another one's sweep is as good. */
  async sweep(): Promise<void> {
    await this.alone("sweep", async () => {
      await this.#tidy();
      return {};
    });
  }

  /** The lock is a connection's: a node that dies gives it back. */
  async alone<T extends object>(job: string, run: () => Promise<T>): Promise<T | undefined> {
    if (this.#closing !== undefined) throw unavailable("the store is closed");
    const client = await this.#reading(() => this.#pool.connect());
    let isDone = false;
    try {
      const { rows } = await this.#reading(() => client.query(`SELECT pg_try_advisory_lock(${jobLock(job)}) AS mine`));
      const result = rows[0]?.["mine"] === true ? await run() : undefined;
      if (result !== undefined) await this.#reading(() => client.query(`SELECT pg_advisory_unlock(${jobLock(job)})`));
      isDone = true;
      return result;
    } finally {
      client.release(!isDone);
    }
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#group.idle();
    await this.#keeper.close();
    await Promise.all([this.#pool.end(), this.#decidingPool.end()]);
  }

  async #tidy(): Promise<void> {
    const now = this.#node.time.now();
    const rows = await this.#rows(
      `SELECT license_id FROM chain WHERE pools <> '{}' AND EXISTS (
         SELECT FROM json_object_keys(pools::json) AS pool JOIN seat ON feature_id = pool::bigint
         WHERE seat.license_id = chain.license_id AND ends_at <= $1)`,
      now,
    );
    const ids = rows.map((row) => row["license_id"] as number);
    for (let at = 0; at < ids.length; at += TIDIED_AT_ONCE) {
      const tidy = (licenseId: number) =>
        this.#add(requestOf({ license: { licenseId } }, () => unchanged(undefined), "tidy"));
      await Promise.all(ids.slice(at, at + TIDIED_AT_ONCE).map(tidy));
    }
    await this.#rows("DELETE FROM kept_reply WHERE until <= $1", now);
    await this.#rows("DELETE FROM mark WHERE at < now() - interval '10 minutes'");
  }

  #add(request: Request): Promise<unknown> {
    if (this.#closing !== undefined) return Promise.reject(unavailable("the store is closed"));
    return this.#group.add(request);
  }

  async #rows(text: string, ...values: unknown[]): Promise<Row[]> {
    return this.#reading(async () => (await this.#pool.query(text, values.map(searchable))).rows);
  }

  /** @throws Fault `store_unavailable` where the database cannot be read */
  async #reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw unavailable("the database cannot be read", error);
    }
  }
}
