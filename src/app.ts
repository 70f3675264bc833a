import type { KeyObject } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createSecureContext } from "node:tls";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { buildFloatingServer } from "./api/floating-server/floating-server.ts";
import { activationToWire } from "./api/license-api/activation-object.ts";
import { buildLicenseApi } from "./api/license-api/license-api.ts";
import type { Config } from "./config/options.ts";
import { Fault } from "./fault.ts";
import { makeHardwareId } from "./hardware-id.ts";
import { startSweeping } from "./jobs/sweep.ts";
import type { RequestKeys } from "./license-file/write-request.ts";
import { readPublicKeys } from "./signing/rsa.ts";
import { SecretBox } from "./signing/secret-box.ts";
import { type Clock, systemClock } from "./store/decision-time.ts";
import { openSqliteStore } from "./store/sqlite/open-sqlite-store.ts";
import type { Store } from "./store/store.ts";
import { VendorKeys } from "./use-cases/vendor/keys/vendor-keys.ts";
import type { OfflineContext } from "./use-cases/vendor/offline/offline-context.ts";
import { version } from "./version.ts";

/** Requests in flight have this long to be answered when the program stops. */
const ANSWER_WITHIN_MS = 600;

interface Side {
  readonly store: Store;
  /** Origin of its API, without a final slash. */
  readonly url: string;
  /** Stops taking requests, answers those in flight, closes the store. */
  close(): Promise<void>;
}

/** The customer's side, running. */
export interface FloatingSide extends Side {
  readonly hardwareId: string;
  readonly trustedKeys: readonly KeyObject[];
  /** With what it signs its requests to the vendor. */
  readonly credentials: RequestKeys | undefined;
}

/** The vendor's side, running. */
export interface VendorSide extends Side, OfflineContext {}

export interface Surroundings {
  readonly log: Logger;
  readonly clock?: Clock;
}

/** Starts the customer's side: imports licenses, hands out seats. */
export async function startFloating(config: Config, { log, clock = systemClock }: Surroundings): Promise<FloatingSide> {
  const trustedKeys = loadTrustedKeys(config["vendor.public-key-file"]);
  const credentials = loadCredentials(config);
  const store = openStore(config, "floating", log, clock);
  return closeOnFailure(store, async () => {
    const hardwareId = await store.fact("hardware-id", makeHardwareId);
    const app = await buildFloatingServer({
      context: {
        store,
        channel: "onPremise",
        graceMs: graceMs(config),
        trustedKeys,
        credentials,
        hardwareId,
        version,
        isAuthRequired: config["auth.required"],
      },
      allowedHosts: [...config["floating-server.allowed-hosts"], config["floating-server.host"]],
      log,
    });
    const side = await listen(app, store, log, {
      host: config["floating-server.host"],
      port: config["floating-server.port"],
    });
    log.info({ url: side.url, hardwareId, version }, "floating server listens");
    return { ...side, hardwareId, trustedKeys, credentials };
  });
}

/** Starts the vendor's side: activates devices, hands out the seats that float in its cloud. */
export async function startVendor(config: Config, { log, clock = systemClock }: Surroundings): Promise<VendorSide> {
  const tls = loadTls(config);
  const store = openStore(config, "vendor", log, clock);
  return closeOnFailure(store, async () => {
    const secrets = SecretBox.open(config["key-file"] ?? join(resolve(config["data-dir"]), "seatkeeper.key"));
    const keys = await VendorKeys.open({ store, secrets });
    const offline: OfflineContext = {
      store,
      secrets,
      keys,
      activationObject: (shown) => activationToWire(shown, keys.signer),
    };
    const app = await buildLicenseApi({
      context: {
        ...offline,
        channel: "cloud",
        graceMs: graceMs(config),
        clock,
        version,
        publicUrl: publicUrl(config),
      },
      log,
      tls,
    });
    const side = await listen(app, store, log, { host: config["license-api.host"], port: config["license-api.port"] });
    log.info({ url: side.url, version }, "license API listens");
    const close = async () => {
      await side.close();
      log.info(keys.signer.stats, "license API stopped");
    };
    return { ...side, ...offline, close };
  });
}

async function closeOnFailure<T>(store: Store, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function listen(
  app: FastifyInstance,
  store: Store,
  log: Logger,
  address: { readonly host: string; readonly port: number },
): Promise<Side> {
  const stopSweeping = startSweeping(store, log);
  const close = async () => {
    stopSweeping();
    const force = setTimeout(() => app.server.closeAllConnections(), ANSWER_WITHIN_MS);
    await app.close();
    clearTimeout(force);
    await store.close();
  };
  try {
    return { store, url: await app.listen(address), close };
  } catch (error) {
    stopSweeping();
    throw error;
  }
}

function openStore(config: Config, role: string, log: Logger, clock: Clock): Store {
  return openSqliteStore(databaseFile(config, role), {
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

/** @param role names the file where no `store.url` is set, so that both roles can share a folder */
function databaseFile(config: Config, role: string): string {
  const url = config["store.url"];
  if (url === undefined) return join(resolve(config["data-dir"]), `${role}.db`);
  if (/^sqlite:./.test(url)) return resolve(url.slice("sqlite:".length));
  throw new Fault("config_invalid", `store.url must be sqlite:FILE, not "${url}"`);
}

function graceMs(config: Config): number {
  return Math.round(config["seats.grace-seconds"] * 1_000);
}

function loadTrustedKeys(file: string | undefined): KeyObject[] {
  if (file === undefined) return [];
  const text = readText("vendor.public-key-file", file);
  try {
    const keys = readPublicKeys(text);
    if (keys.length > 0) return keys;
  } catch (error) {
    throw new Fault("config_invalid", `vendor.public-key-file: ${file} is not usable: ${(error as Error).message}`);
  }
  throw new Fault("config_invalid", `vendor.public-key-file: ${file} holds no PEM public key`);
}

function loadCredentials(config: Config): RequestKeys | undefined {
  const apiKey = config["vendor.api-key"];
  const file = config["vendor.shared-key-file"];
  if (apiKey === undefined && file === undefined) return undefined;
  if (apiKey === undefined)
    throw new Fault("config_invalid", "vendor.api-key is missing: vendor.shared-key-file is set");
  if (file === undefined) throw new Fault("config_invalid", "vendor.shared-key-file is missing: vendor.api-key is set");
  const sharedKey = readText("vendor.shared-key-file", file).trim();
  if (sharedKey === "") throw new Fault("config_invalid", `vendor.shared-key-file: ${file} is empty`);
  return { apiKey, sharedKey };
}

function loadTls(config: Config): { readonly cert: string; readonly key: string } | undefined {
  const certFile = config["license-api.tls-cert-file"];
  const keyFile = config["license-api.tls-key-file"];
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined) throw new Fault("config_invalid", "license-api.tls-cert-file is missing");
  if (keyFile === undefined) throw new Fault("config_invalid", "license-api.tls-key-file is missing");
  const tls = {
    cert: readText("license-api.tls-cert-file", certFile),
    key: readText("license-api.tls-key-file", keyFile),
  };
  try {
    createSecureContext(tls);
  } catch (error) {
    const files = `license-api.tls-cert-file ${certFile} and license-api.tls-key-file ${keyFile}`;
    throw new Fault("config_invalid", `${files} are not usable: ${(error as Error).message}`);
  }
  return tls;
}

function publicUrl(config: Config): string | undefined {
  const url = config["license-api.public-url"];
  if (url === undefined) return undefined;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Fault("config_invalid", `license-api.public-url must be an address, https://…, not "${url}"`);
  }
  return `${url.replace(/\/+$/, "").replace(/\/api\/v4$/, "")}/api/v4`;
}

/** @throws Fault `config_invalid` that names the setting */
function readText(setting: string, file: string): string {
  if (!existsSync(file)) throw new Fault("config_invalid", `${setting}: there is no file ${file}`);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Fault("config_invalid", `${setting}: ${file} cannot be read: ${(error as Error).message}`);
  }
}
