import { join, resolve } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config/options.ts";
import { readSettingFile } from "../config/read-setting-file.ts";
import { Fault } from "../fault.ts";
import { type Clock, systemClock } from "../store/decision-time.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";
import type { Store } from "../store/store.ts";

/** @param role names the database where no `store.url` is set */
export async function openStore(config: Config, role: string, log: Logger, clock: Clock): Promise<Store> {
  const url = config["store.url"];
  if (url !== undefined && isPostgres(url)) {
    // Its client is loaded by who uses it.
    const { openPostgresStore } = await import("../store/postgres/open-postgres-store.ts");
    const poolSize = config["store.pool-size"];
    // All nodes go by the database's clock, unless a test says the time.
    return openPostgresStore(withPassword(url, config["store.password-file"]), {
      poolSize,
      ...(clock !== systemClock && { clock }),
    });
  }
  return openSqliteStore(databaseFile(url, config, role), {
    clock,
    onLost: (error) => {
      log.fatal(
        { err: error },
        "it cannot be told whether the last commit happened: stopping, the next start will tell",
      );
      process.exit(70);
    },
  });
}

export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/** An address with the password of a file, where one is named. @throws Fault `config_invalid` that names the setting */
export function withPassword(
  url: string,
  file: string | undefined,
  names = { url: "store.url", file: "store.password-file" },
): string {
  if (!URL.canParse(url)) throw new Fault("config_invalid", `${names.url} is not an address`);
  if (file === undefined) return url;
  const whole = new URL(url);
  whole.password = encodeURIComponent(readSettingFile(names.file, file).trim());
  return whole.href;
}

/** Each role has a file of its own, so that both can share a folder. */
function databaseFile(url: string | undefined, config: Config, role: string): string {
  if (url === undefined) return join(resolve(config["data-dir"]), `${role}.db`);
  if (/^sqlite:./.test(url)) return resolve(url.slice("sqlite:".length));
  throw new Fault("config_invalid", `store.url must be sqlite:FILE or postgres://…, not "${url}"`);
}
