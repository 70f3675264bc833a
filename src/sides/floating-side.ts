import type { KeyObject } from "node:crypto";
import { buildFloatingServer } from "../api/floating-server/floating-server.ts";
import { floatingHandlers } from "../api/management/floating-handlers.ts";
import type { Config } from "../config/options.ts";
import { readSettingFile } from "../config/read-setting-file.ts";
import { Fault } from "../fault.ts";
import { makeHardwareId } from "../hardware-id.ts";
import type { RequestKeys } from "../license-file/write-request.ts";
import { readPublicKeys } from "../signing/rsa.ts";
import { systemClock } from "../store/decision-time.ts";
import { version } from "../version.ts";
import { type Management, startManagement } from "./management.ts";
import { openStore } from "./open-store.ts";
import { alongside, closeOnFailure, graceMs, listen, type Side, type Surroundings } from "./side.ts";

/** The customer's side, running. */
export interface FloatingSide extends Side, Management {
  readonly hardwareId: string;
  readonly trustedKeys: readonly KeyObject[];
  /** With what it signs its requests to the vendor. */
  readonly credentials: RequestKeys | undefined;
}

/** Starts the customer's side: imports licenses, hands out seats. */
export async function startFloating(config: Config, { log, clock = systemClock }: Surroundings): Promise<FloatingSide> {
  const trustedKeys = loadTrustedKeys(config["vendor.public-key-file"]);
  const credentials = loadCredentials(config);
  const store = await openStore(config, "floating", log, clock);
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
    const apiUrl = `${side.url}/api/v4`;
    const floating = { store, hardwareId, trustedKeys, credentials };
    const management = await alongside(side, () =>
      startManagement("floating", { store, config, log, clock, apiUrl }, (shared) =>
        floatingHandlers(shared, floating),
      ),
    );
    const close = async () => {
      await management.close();
      await side.close();
    };
    return { ...management, ...side, ...floating, close };
  });
}

function loadTrustedKeys(file: string | undefined): KeyObject[] {
  if (file === undefined) return [];
  const text = readSettingFile("vendor.public-key-file", file);
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
  const sharedKey = readSettingFile("vendor.shared-key-file", file).trim();
  if (sharedKey === "") throw new Fault("config_invalid", `vendor.shared-key-file: ${file} is empty`);
  return { apiKey, sharedKey };
}
