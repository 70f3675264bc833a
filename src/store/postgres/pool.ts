import { type ClientConfig, Pool, type PoolClient, types } from "pg";
import { Fault } from "../../fault.ts";

/** Connections wait this long to be made, and for one to be free. */
const CONNECT_WITHIN_MS = 5_000;
/** The keeper waits for the first node, which may have many seats to give their time back. */
const KEEPER_ANSWER_WITHIN_MS = 60_000;

const INT8 = 20;
const INT8_ARRAY = 1016;

/** Ids and times are below 2^53. */
const numberTypes = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === INT8) return Number;
    const parse = types.getTypeParser(oid, format as "text");
    if (oid === INT8_ARRAY) return (text: string) => text.slice(1, -1).split(",").filter(Boolean).map(Number);
    return parse;
  },
};

export function connectKeeperTo(url: string): ClientConfig {
  return { ...connectTo(url), query_timeout: KEEPER_ANSWER_WITHIN_MS };
}

/**
 * A connection to a database, by its `postgres://` address: host, database, user, TLS by `sslmode`. An answer may take as
 * long as it takes.
 */
export function connectTo(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: "seatkeeper",
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    // Statements are sent without waiting for the answers to those before.
    pipeline: true,
    types: numberTypes as ClientConfig["types"] & object,
  } as ClientConfig;
}

/** @param answerWithinMs a server that says nothing for longer is given up */
export function openPool(url: string, size: number, answerWithinMs: number): Pool {
  const pool = new Pool({
    ...connectTo(url),
    max: size,
    query_timeout: answerWithinMs,
    // The server gives up sooner, so that what it says is heard.
    statement_timeout: Math.ceil(answerWithinMs * 0.75),
    // A node that stops in the middle of a transaction must not keep its locks.
    idle_in_transaction_session_timeout: Math.ceil(answerWithinMs / 2),
  });
  // A connection that is lost while nobody uses it: the pool makes another one.
  pool.on("error", () => {});
  // One that is lost while somebody uses it fails what was asked of it; without a listener it would end the process too.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/**
 * What transactions that decide ask about comes in arrays, of which the planner learns nothing by looking at each anew. It
 * plans once for a connection, when tables may still be small; so it is told that they are not: each row is looked up by an
 * index.
 */
const PLANS =
  "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

/** Connections for transactions that decide. */
export function openDecidingPool(url: string, size: number, answerWithinMs: number): Pool {
  const pool = openPool(url, size, answerWithinMs);
  // It goes before whatever else is sent. A connection that is lost by then fails that.
  pool.on("connect", (client) => client.query(PLANS).catch(() => {}));
  return pool;
}

/** @throws Fault `config_invalid`, or `store_unavailable` */
export async function checkServer(client: Pick<PoolClient, "query">): Promise<void> {
  const { rows } = await client.query(
    "SELECT current_setting('server_encoding') AS encoding, current_setting('server_version_num')::int AS version",
  );
  const { encoding, version } = rows[0] as { encoding: string; version: number };
  if (encoding !== "UTF8") {
    throw new Fault("config_invalid", `store.url: the database's encoding is ${encoding}, and must be UTF8`);
  }
  if (version < 140_000) throw new Fault("config_invalid", "store.url: PostgreSQL 14 or later is needed");
}
