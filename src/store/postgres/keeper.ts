import { setTimeout as wait } from "node:timers/promises";
import { Client, type ClientConfig } from "pg";
import type { Instant } from "../../domain/instant.ts";
import { ALIVE } from "./advisory-locks.ts";
import type { DatabaseTime } from "./database-time.ts";
import { unavailable } from "./postgres-error.ts";
import { run } from "./session.ts";
import { LAST_ALIVE, STAMP_ALIVE } from "./statements.ts";

/** How often a node writes down that it is alive. [TIME-5] */
const ALIVE_EVERY_MS = 5_000;
/** Who waits for the connection to come back waits this long. */
const READY_WITHIN_MS = 3_000;
const AGAIN_AFTER_MS = 100;
/** Other nodes are told of changes so often at most. */
const TELL_EVERY_MS = 50;
const CHANNEL = "seatkeeper_changed";

export interface KeeperOptions {
  readonly config: ClientConfig;
  readonly time: DatabaseTime;
  readonly onChange: () => void;
  /** The connection was lost: what comes may be another server. */
  readonly onLost: () => void;
  /** Gives the seats the time back since some node was last alive. Called by the first node, before anything is decided. */
  readonly resume: (stoppedAt: Instant) => Promise<void>;
}

/**
 * One connection that a node keeps for itself: by it the database knows that the node is alive, and the node hears of what
 * others change. While it is lost nothing is decided: seats of an outage must get their time back first.
 */
export class Keeper {
  readonly #options: KeeperOptions;
  #client: Client | undefined;
  #isClosed = false;
  #ready: Promise<void>;
  #isReady = false;
  #timer: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #toldAt = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#ready = this.#connect();
    this.#ready.catch(() => {});
  }

  /** @throws Fault `store_unavailable` when the database cannot be reached */
  async ready(): Promise<void> {
    if (this.#isReady) return;
    const late = new AbortController();
    try {
      await Promise.race([
        this.#ready,
        wait(READY_WITHIN_MS, undefined, { signal: late.signal, ref: false }).then(() => {
          throw unavailable("the database cannot be reached");
        }),
      ]);
    } finally {
      late.abort();
    }
  }

  /** The first connection: its failure is the caller's. */
  opened(): Promise<void> {
    return this.#ready;
  }

  /** Tells other nodes, soon. A notification in the transaction itself would make all commits of the server wait for each other. */
  tell(): void {
    if (this.#telling !== undefined || this.#isClosed) return;
    const sinceLast = performance.now() - this.#toldAt;
    this.#telling = setTimeout(
      () => {
        this.#telling = undefined;
        this.#toldAt = performance.now();
        this.#client?.query(`NOTIFY ${CHANNEL}`).catch(() => {});
      },
      Math.max(0, TELL_EVERY_MS - sinceLast),
    ).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#telling);
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) return;
    await this.#stamp(client).catch(() => {});
    await client.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new Client(this.#options.config);
    client.on("error", () => {});
    try {
      await client.connect();
      client.on("notification", () => this.#options.onChange());
      await client.query(`LISTEN ${CHANNEL}`);
      await this.#beAlive(client);
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
    if (this.#isClosed) return client.end();
    this.#client = client;
    this.#isReady = true;
    client.once("end", () => this.#reconnect());
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#stamp(client).catch(() => {}), ALIVE_EVERY_MS).unref();
  }

  /** The first node finds nobody alive. Who comes while it gives the time back waits for it. */
  async #beAlive(client: Client): Promise<void> {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${ALIVE}) AS first`);
    if (rows[0]?.["first"] === true) {
      const last = await client.query(`SELECT ${LAST_ALIVE} AS at`);
      await this.#options.resume(last.rows[0]?.["at"] as number);
      await client.query(`SELECT pg_advisory_lock_shared(${ALIVE}), pg_advisory_unlock(${ALIVE})`);
    } else {
      await client.query(`SELECT pg_advisory_lock_shared(${ALIVE})`);
    }
  }

  #reconnect(): void {
    this.#isReady = false;
    this.#client = undefined;
    this.#options.onLost();
    clearInterval(this.#timer);
    if (this.#isClosed) return;
    const again = async () => {
      while (!this.#isClosed) {
        try {
          return await this.#connect();
        } catch {
          await wait(AGAIN_AFTER_MS, undefined, { ref: false });
        }
      }
    };
    this.#ready = again();
    // What happened meanwhile was not heard.
    void this.#ready.then(() => this.#options.onChange());
  }

  /** Other nodes may have decided at later times: this one goes on from there. */
  async #stamp(client: Client): Promise<void> {
    const [row] = await run(client, STAMP_ALIVE, this.#options.time.now());
    if (row !== undefined) this.#options.time.after([row["alive_at"] as number]);
  }
}
