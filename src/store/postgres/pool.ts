import { type ClientConfig, Pool, type PoolClient, types } from "pg";
import { Fault } from "../../fault.ts";

/** Connections wait this long to be made, and for one to be free. */
const CONNECT_WITHIN_MS = 5_000;
/** A statement that takes longer is given up by the server; a server that says nothing for longer, by the node. */
const STATEMENT_WITHIN_MS = 9_000;
const ANSWER_WITHIN_MS = 12_000;
/** A node that stops in the middle of a transaction must not keep its locks. */
const IDLE_WITHIN_MS = 6_000;
/** The keeper waits for the first node, which may have many seats to give their time back. */
const KEEPER_ANSWER_WITHIN_MS = 60_000;

const INT8 = 20;
const INT8_ARRAY = 1016;

/** Ids and times are below 2^53. */
const numberTypes = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === INT8) return Number;
    const parse = types.getTypeParser(oid, format as "text");
    if (oid === INT8_ARRAY) return (text: string) => (parse(text) as unknown as string[]).map(Number);
    return parse;
  },
};

/** A connection to a database, by its `postgres://` address: host, database, user, TLS by `sslmode`. */
export function connectKeeperTo(url: string): ClientConfig {
  return { ...connectTo(url), query_timeout: KEEPER_ANSWER_WITHIN_MS };
}

function connectTo(url: string): ClientConfig {
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

export function openPool(url: string, size: number): Pool {
  const pool = new Pool({
    ...connectTo(url),
    max: size,
    query_timeout: ANSWER_WITHIN_MS,
    statement_timeout: STATEMENT_WITHIN_MS,
    idle_in_transaction_session_timeout: IDLE_WITHIN_MS,
  });
  // A connection that is lost while nobody uses it: the pool makes another one.
  pool.on("error", () => {});
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
