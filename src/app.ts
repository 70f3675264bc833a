import type { KeyObject } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Logger } from "pino";
import { buildFloatingServer } from "./api/floating-server/floating-server.ts";
import type { Config } from "./config/options.ts";
import { Fault } from "./fault.ts";
import { makeHardwareId } from "./hardware-id.ts";
import { startSweeping } from "./jobs/sweep.ts";
import { readPublicKeys } from "./signing/rsa.ts";
import { type Clock, systemClock } from "./store/decision-time.ts";
import { openSqliteStore } from "./store/sqlite/open-sqlite-store.ts";
import type { Store } from "./store/store.ts";
import { version } from "./version.ts";

/** Requests in flight have this long to be answered when the program stops. */
const ANSWER_WITHIN_MS = 600;

export interface FloatingSide {
  readonly store: Store;
  /** Origin of the Floating Server, without a final slash. */
  readonly url: string;
  readonly hardwareId: string;
  readonly trustedKeys: readonly KeyObject[];
  /** Stops taking requests, answers those in flight, closes the store. */
  close(): Promise<void>;
}

export interface Surroundings {
  readonly log: Logger;
  readonly clock?: Clock;
}

/** Starts the customer's side: imports licenses, hands out seats. */
export async function startFloating(config: Config, { log, clock = systemClock }: Surroundings): Promise<FloatingSide> {
  const trustedKeys = loadTrustedKeys(config["vendor.public-key-file"]);
  const store = openSqliteStore(databaseFile(config, "floating"), {
    clock,
    onLost: (error) => {
      log.fatal(
        { err: error },
        "it cannot be told whether the last commit happened: stopping, the next start will tell",
      );
      process.exit(70);
    },
  });
  const hardwareId = await store.fact("hardware-id", makeHardwareId);
  const app = await buildFloatingServer({
    context: {
      store,
      channel: "onPremise",
      graceMs: Math.round(config["seats.grace-seconds"] * 1_000),
      trustedKeys,
      hardwareId,
      version,
      isAuthRequired: config["auth.required"],
    },
    allowedHosts: [...config["floating-server.allowed-hosts"], config["floating-server.host"]],
    log,
  });
  const stopSweeping = startSweeping(store, log);
  try {
    const url = await app.listen({ host: config["floating-server.host"], port: config["floating-server.port"] });
    log.info({ url, hardwareId, version }, "floating server listens");
    return {
      store,
      url,
      hardwareId,
      trustedKeys,
      close: async () => {
        stopSweeping();
        const force = setTimeout(() => app.server.closeAllConnections(), ANSWER_WITHIN_MS);
        await app.close();
        clearTimeout(force);
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** @param role names the file where no `store.url` is set, so that both roles can share a folder */
function databaseFile(config: Config, role: string): string {
  const url = config["store.url"];
  if (url === undefined) return join(resolve(config["data-dir"]), `${role}.db`);
  if (/^sqlite:./.test(url)) return resolve(url.slice("sqlite:".length));
  throw new Fault("config_invalid", `store.url must be sqlite:FILE, not "${url}"`);
}

function loadTrustedKeys(file: string | undefined): KeyObject[] {
  if (file === undefined) return [];
  if (!existsSync(file)) throw new Fault("config_invalid", `vendor.public-key-file: there is no file ${file}`);
  try {
    const keys = readPublicKeys(readFileSync(file, "utf8"));
    if (keys.length > 0) return keys;
  } catch (error) {
    throw new Fault("config_invalid", `vendor.public-key-file: ${file} is not usable: ${(error as Error).message}`);
  }
  throw new Fault("config_invalid", `vendor.public-key-file: ${file} holds no PEM public key`);
}
