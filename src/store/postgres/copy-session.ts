import { Client } from "pg";
import { Fault } from "../../fault.ts";
import { CopyRefusal } from "../copy/copy-port.ts";
import { ALIVE, DECIDING, MIGRATING } from "./advisory-locks.ts";
import { checkServer, connectTo } from "./pool.ts";
import { isWrongPassword } from "./postgres-error.ts";

/** Shown in the place of a database's address, which may have a password in it. */
export function nameOfDatabase(url: string): string {
  const { hostname, pathname } = new URL(url);
  return `the database ${decodeURIComponent(pathname.slice(1))}${hostname === "" ? "" : ` on ${hostname}`}`;
}

/**
 * Connects to a database and keeps every node out of it for as long as the connection lasts: none is alive, none decides,
 * and none that starts gets past its first step. [COPY-2]
 *
 * @throws CopyRefusal where a node has it, or it cannot be opened; Fault `config_invalid`
 */
export async function openCopySession(url: string): Promise<Client> {
  const client = new Client(connectTo(url));
  client.on("error", () => {});
  try {
    await client.connect();
    await checkServer(client);
    // A copy takes as long as it takes; the server's own limits are for requests.
    await client.query(`SET application_name = 'seatkeeper db copy'; SET statement_timeout = 0; SET lock_timeout = 0;
      SET idle_in_transaction_session_timeout = 0`);
    for (const lock of [MIGRATING, ALIVE, DECIDING]) {
      const { rows } = await client.query(`SELECT pg_try_advisory_lock(${lock}) AS taken`);
      if (rows[0]?.["taken"] !== true) throw inUse(url);
    }
    return client;
  } catch (error) {
    client.end().catch(() => {});
    if (error instanceof Fault || error instanceof CopyRefusal) throw error;
    const reason = error instanceof AggregateError ? error.errors.map(String).join("; ") : (error as Error).message;
    const kind = isWrongPassword(error) ? "denied" : "unreachable";
    throw new CopyRefusal(`${nameOfDatabase(url)} cannot be opened: ${reason}`, kind, error);
  }
}

function inUse(url: string): CopyRefusal {
  return new CopyRefusal(`Another seatkeeper is running on ${nameOfDatabase(url)}. Stop every node of it first`);
}
