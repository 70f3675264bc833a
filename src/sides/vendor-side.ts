import { createSecureContext } from "node:tls";
import { activationToWire } from "../api/license-api/activation-object.ts";
import type { SingleSignOn } from "../api/license-api/context.ts";
import { buildLicenseApi } from "../api/license-api/license-api.ts";
import { vendorHandlers } from "../api/management/vendor-handlers.ts";
import type { Config } from "../config/options.ts";
import { readSettingFile } from "../config/read-setting-file.ts";
import { Fault } from "../fault.ts";
import { systemClock } from "../store/decision-time.ts";
import { VendorKeys } from "../use-cases/vendor/keys/vendor-keys.ts";
import type { OfflineContext } from "../use-cases/vendor/offline/offline-context.ts";
import { version } from "../version.ts";
import { type Management, startManagement } from "./management.ts";
import { openSecrets } from "./open-secrets.ts";
import { openStore } from "./open-store.ts";
import { alongside, closeOnFailure, graceMs, listen, type Side, type Surroundings } from "./side.ts";

/** The vendor's side, running. */
export interface VendorSide extends Side, Management, OfflineContext {}

/** Starts the vendor's side: activates devices, hands out the seats that float in its cloud. */
export async function startVendor(config: Config, { log, clock = systemClock }: Surroundings): Promise<VendorSide> {
  const tls = loadTls(config);
  const store = await openStore(config, "vendor", log, clock);
  return closeOnFailure(store, async () => {
    const secrets = await openSecrets(config, store);
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
        sso: singleSignOn(config),
      },
      log,
      tls,
    });
    const side = await listen(app, store, log, { host: config["license-api.host"], port: config["license-api.port"] });
    log.info({ url: side.url, version }, "license API listens");
    const apiUrl = publicUrl(config) ?? `${side.url}/api/v4`;
    const management = await alongside(side, () =>
      startManagement("vendor", { store, config, log, clock, apiUrl }, (shared) => vendorHandlers(shared, offline)),
    );
    const close = async () => {
      await management.close();
      await side.close();
      log.info(keys.signer.stats, "license API stopped");
    };
    return { ...management, ...side, ...offline, close };
  });
}

function loadTls(config: Config): { readonly cert: string; readonly key: string } | undefined {
  const certFile = config["license-api.tls-cert-file"];
  const keyFile = config["license-api.tls-key-file"];
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined) throw new Fault("config_invalid", "license-api.tls-cert-file is missing");
  if (keyFile === undefined) throw new Fault("config_invalid", "license-api.tls-key-file is missing");
  const tls = {
    cert: readSettingFile("license-api.tls-cert-file", certFile),
    key: readSettingFile("license-api.tls-key-file", keyFile),
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
  const url = addressOf(config, "license-api.public-url");
  return url && `${url.replace(/\/api\/v4$/, "")}/api/v4`;
}

function singleSignOn(config: Config): SingleSignOn | undefined {
  const loginUrl = addressOf(config, "license-api.sso-login-url");
  const issuer = addressOf(config, "license-api.sso-issuer");
  if (loginUrl === undefined && issuer === undefined) return undefined;
  if (loginUrl === undefined) throw new Fault("config_invalid", "license-api.sso-login-url is missing");
  if (issuer === undefined) throw new Fault("config_invalid", "license-api.sso-issuer is missing");
  return { loginUrl, issuer };
}

type AddressOption = "license-api.public-url" | "license-api.sso-login-url" | "license-api.sso-issuer";

/** Without final slashes. @throws Fault `config_invalid` that names the setting */
function addressOf(config: Config, name: AddressOption): string | undefined {
  const url = config[name];
  if (url === undefined) return undefined;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Fault("config_invalid", `${name} must be an address, https://…, not "${url}"`);
  }
  return url.replace(/\/+$/, "");
}
