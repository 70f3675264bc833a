import { type CopyReader, CopyRefusal } from "../copy/copy-port.ts";
import { olderSchema } from "../copy/older-schema.ts";
import { PostgresCopyReader } from "./copy-reader.ts";
import { nameOfDatabase, openCopySession } from "./copy-session.ts";
import { NEWEST_VERSION, readVersion } from "./migrate.ts";

/**
 * Opens a database to be copied as it is at this moment, and keeps nodes out of it until it is closed.
 *
 * @param url `postgres://…`
 * @throws CopyRefusal, Fault `database_too_new` or `config_invalid`
 */
export async function openPostgresSource(url: string): Promise<CopyReader> {
  const client = await openCopySession(url);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const version = await readVersion(client);
    if (version === 0) throw new CopyRefusal(`There is no installation in ${nameOfDatabase(url)}`);
    if (version < NEWEST_VERSION) throw olderSchema(nameOfDatabase(url), version, NEWEST_VERSION);
    return new PostgresCopyReader(client);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}
