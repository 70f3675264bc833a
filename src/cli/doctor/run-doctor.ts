import { join, resolve } from "node:path";
import type { Config } from "../../config/options.ts";
import { Fault } from "../../fault.ts";
import { SIDES, type Side } from "../../management/operation.ts";
import { isPostgres } from "../../sides/open-store.ts";
import { type ConfigFlags, configFromFlags } from "../config-flags.ts";
import type { ConnectionFlags } from "../management/connection.ts";
import { checkDatabase } from "./check-database.ts";
import { checkDataFolder, checkKeyFile, noKeyFile } from "./check-folder.ts";
import { checkPorts } from "./check-ports.ts";
import { checkServer } from "./check-server.ts";
import { bad, type Finding, ok, skipped } from "./finding.ts";

/** Looks at everything that a start or a command needs. Changes nothing. */
export async function runDoctor(settings: ConfigFlags, connection: ConnectionFlags): Promise<readonly Finding[]> {
  const server = checkServer(connection);
  let config: Config;
  try {
    config = configFromFlags(settings);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return [
      bad("settings", error.message, "set it right; seatkeeper config show prints what is in force"),
      ...(await server),
    ];
  }
  const folder = resolve(config["data-dir"]);
  const meant = connection.side === undefined ? SIDES : [connection.side];
  const isElsewhere = isPostgres(config["store.url"] ?? "");
  const databases = (isElsewhere ? [] : meant).map((side) => ({
    side,
    ...checkDatabase(databaseOf(config, folder, side), side),
  }));
  const isThere = databases.filter((each) => each.isThere).map((each) => each.side);
  const running = databases.filter((each) => each.isRunning).map((each) => each.side);
  const sides: readonly Side[] = isThere.length > 0 ? isThere : meant;
  return [
    ok("settings", "the settings are readable"),
    checkDataFolder(folder),
    ...databases.flatMap(({ findings }) => findings),
    ...(isElsewhere
      ? [skipped("database", "it is on a PostgreSQL server: a node says at its start whether it opens")]
      : []),
    databases.some(({ hasSecrets }) => hasSecrets) ? checkKeyFile(config) : noKeyFile,
    ...(await checkPorts(config, sides, running)),
    ...(await server),
  ];
}

function databaseOf(config: Config, folder: string, side: Side): string {
  const url = config["store.url"];
  return url === undefined ? join(folder, `${side}.db`) : resolve(url.replace(/^sqlite:/, ""));
}
