import { randomUUID } from "node:crypto";
import { release } from "node:os";
import type { Consumption } from "../consumption.ts";
import { RefusedError, UntrustedReplyError } from "../errors.ts";
import { machineHardwareId } from "../node/hardware-id.ts";
import { nodeHost } from "../node/host.ts";
import { SeatClient, type SeatClientOptions } from "../seat-client.ts";
import type { Confirmation } from "../seat-events.ts";
import type { SeatCalls } from "../seat-keeper.ts";
import { type Answer, type CallOptions, clockOffsetMs, type Effort, type Request } from "../transport.ts";
import { libraryName } from "../version.ts";
import type {
  ActivationObject,
  CheckLicenseFeatureReply,
  CheckLicenseReply,
  CloudFeatureObject,
  DeviceLicenseObject,
} from "../wire/license-api.ts";
import { type Application, type Credentials, HmacApplication, OauthApplication } from "./application.ts";
import { type LicenseFile, readLicenseFile } from "./license-file.ts";
import { type RequestFile, writeRequestFile } from "./request-file.ts";
import { VendorKeys } from "./vendor-keys.ts";

/** Whose license it is: by its key, or by a license user. */
export type Licensee =
  | { readonly licenseKey: string; readonly username?: never; readonly password?: never }
  | { readonly username: string; readonly password?: string; readonly licenseKey?: never };

export type LicenseClientOptions = SeatClientOptions &
  Credentials &
  Licensee & {
    /** Names this device; derived from the machine's own id unless said otherwise. */
    readonly hardwareId?: string;
    /** The vendor's public keys, in PEM. */
    readonly publicKey: string | readonly string[];
  };

export interface DeactivateOptions extends CallOptions {
  /** What was used of the license and is to be counted first. */
  readonly consumptions?: number;
}

/** What a release is refused with where there is nothing to release. */
const NOT_HELD = new Set(["floating_feature_device_not_in_use", "feature_not_floating", "license_not_floating"]);
const MINUTE_MS = 60_000;
/** How often that is checked which floats nowhere, and so has no timeout. */
const CHECK_TIMEOUT_MS = 15 * MINUTE_MS;
const BASE_PATH = "api/v4/";

/**
 * This device's license at the vendor, for programs on Node: `await client.activate()` once, then
 * `await using seat = await client.checkOut("export")`. No reply is believed that the vendor has not signed.
 */
export class LicenseClient extends SeatClient {
  readonly hardwareId: string;
  readonly #options: LicenseClientOptions;
  readonly #keys: VendorKeys;
  readonly #application: Application;
  readonly #hostname: string;

  constructor(options: LicenseClientOptions) {
    const host = nodeHost();
    super({ ...options, url: apiUrl(options.url) }, host);
    this.#options = options;
    this.hardwareId = options.hardwareId ?? machineHardwareId();
    this.#keys = new VendorKeys(options.publicKey);
    this.#hostname = host.hostname ?? "";
    this.#application =
      options.oauth === undefined
        ? new HmacApplication(options.apiKey, options.sharedKey)
        : new OauthApplication(options.oauth, this.transport, this.#keys.contentOf);
  }

  /** Binds this device to the license. Again, it changes nothing. */
  async activate(options: CallOptions = {}): Promise<ActivationObject> {
    const { content } = await this.#repeat("POST", "activate_license", this.#password(), options);
    return this.#own(content as ActivationObject);
  }

  /** Takes this device off the license, with its seats. One that is off already stays so. */
  async deactivate({ consumptions, signal }: DeactivateOptions = {}): Promise<void> {
    // Sent again after a lost reply, the second answer is that the device is not there.
    let isRepeated = false;
    await this.transport.repeat(
      async (effort) => {
        try {
          await this.#call("POST", "deactivate_license", { consumptions }, effort);
        } catch (error) {
          if (!(isRepeated && error instanceof RefusedError && error.code === "device_not_found")) throw error;
        } finally {
          isRepeated = true;
        }
      },
      { signal },
    );
  }

  /** Has the vendor check the license now. Where it floats in the cloud, this takes a seat: rather `checkOut()` then. */
  async check(options: CallOptions = {}): Promise<CheckLicenseReply> {
    const { content } = await this.#repeat("GET", "check_license", {}, options);
    return this.#own(content as CheckLicenseReply);
  }

  /** The license as it is now, with its features; the device has to be active on it. It takes no seat. */
  async license(options: CallOptions = {}): Promise<DeviceLicenseObject> {
    const { product, licenseId, licenseKey } = this.#options;
    const { content } = await this.#repeat("GET", "device_licenses", {}, options);
    const found = (content as DeviceLicenseObject[]).find(
      (each) =>
        each.product_details.short_code === product &&
        (licenseId === undefined || each.id === licenseId) &&
        (licenseKey === undefined || each.license_key === licenseKey),
    );
    if (found === undefined) throw new RefusedError("device_not_found", "this device is not active on the license");
    return this.#own(found);
  }

  /** The features of the license. It takes no seat. */
  async features(options: CallOptions = {}): Promise<readonly CloudFeatureObject[]> {
    return (await this.license(options)).product_features;
  }

  /** A file that asks for an activation without a network: to be carried to the vendor, whose answer is read below. */
  activationRequest(): RequestFile {
    return this.#requestFile({ request: "activation", ...this.#password() });
  }

  /** A file that gives the activation back without a network. */
  deactivationRequest({ consumptions }: Pick<DeactivateOptions, "consumptions"> = {}): RequestFile {
    return this.#requestFile({ request: "deactivation", ...this.#password(), consumptions });
  }

  /**
   * Reads what the vendor has answered, or a refresh of it.
   *
   * @param requestId of the request that it must answer, where this is known
   * @throws SeatkeeperError `license_file_invalid` or `hardware_id_mismatch`; the message names the check that failed
   */
  readLicenseFile(text: string, requestId?: string): LicenseFile {
    const { product } = this.#options;
    return readLicenseFile(text, { keys: this.#keys, hardwareId: this.hardwareId, product, requestId });
  }

  protected seatCalls(feature: string | undefined): SeatCalls {
    const isFeature = feature !== undefined;
    const [check, borrow, release] = isFeature
      ? ["check_license_feature", "floating/feature_borrow", "floating/feature_release"]
      : ["check_license", "floating/borrow", "floating/release"];
    const take = (effort: Effort) => this.#confirm(check as string, feature, effort);
    return {
      take,
      borrow: async (until, effort) => {
        const now = await take(effort);
        const fields = { feature, borrowed_until: until ?? null, ...this.#password() };
        const { content } = await this.#repeat("POST", borrow as string, fields, effort);
        const { borrowed_until: end } = content as { borrowed_until: string | null };
        return { ...now, borrowedUntil: dateOf(end) };
      },
      giveBack: async (effort) => {
        try {
          await this.#repeat("POST", release as string, { feature }, effort);
        } catch (error) {
          if (!(error instanceof RefusedError && NOT_HELD.has(error.code))) throw error;
        }
      },
    };
  }

  protected async sendConsumption({ key, amount, feature }: Consumption, options: CallOptions): Promise<number> {
    const path = feature === undefined ? "add_consumption" : "add_feature_consumption";
    const headers = { "idempotency-key": key };
    const { content } = await this.#call("POST", path, { feature, consumptions: amount }, options, headers);
    return (content as { total_consumptions: number }).total_consumptions;
  }

  async #confirm(path: string, feature: string | undefined, effort: Effort): Promise<Confirmation> {
    const { content, answer } = await this.#repeat("GET", path, { feature }, effort);
    const reply = content as CheckLicenseFeatureReply | CheckLicenseReply;
    if (feature === undefined) this.#own(reply as CheckLicenseReply);
    else if ((reply as CheckLicenseFeatureReply).code !== feature) throw untrusted("another feature");
    const isFloating = reply.is_floating_cloud;
    return {
      askedAt: answer.askedAt,
      timeoutMs: isFloating ? reply.floating_timeout * MINUTE_MS : CHECK_TIMEOUT_MS,
      inUse: isFloating ? reply.floating_in_use_devices : undefined,
      capacity: isFloating ? reply.floating_users : undefined,
      borrowedUntil: dateOf(reply.borrowed_until ?? null),
      clockOffsetMs: clockOffsetMs(answer.headers),
    };
  }

  #repeat(method: Request["method"], path: string, fields: object, effort: Effort) {
    return this.transport.repeat((each) => this.#call(method, path, fields, each), effort);
  }

  async #call(
    method: Request["method"],
    path: string,
    fields: object,
    effort: Effort,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly content: unknown; readonly answer: Answer }> {
    const input = { ...this.#caller(), ...fields };
    for (let isFirst = true; ; isFirst = false) {
      const headers = { ...(await this.#application.headers(effort)), ...extra };
      const request = { method, path, headers, ...(method === "GET" ? { query: toQuery(input) } : { body: input }) };
      const answer = await this.transport.send(request, effort);
      try {
        return { content: this.#keys.contentOf(answer), answer };
      } catch (error) {
        const isCured = error instanceof RefusedError && this.#application.learnFrom(error, answer);
        if (!isFirst || !isCured) throw error;
      }
    }
  }

  /** Which license, which device, and what is shown of it. */
  #caller() {
    const { product, licenseKey, username, licenseId, appVersion } = this.#options;
    return {
      hardware_id: this.hardwareId,
      product,
      license_key: licenseKey,
      username,
      license_id: licenseId,
      hostname: this.#hostname,
      os_ver: `${process.platform} ${release()}`,
      sdk_ver: libraryName,
      app_ver: appVersion,
    };
  }

  #password(): { readonly password?: string | undefined } {
    return this.#options.password === undefined ? {} : { password: this.#options.password };
  }

  #requestFile(fields: object): RequestFile {
    const { name, secret } = this.#application;
    const requestId = randomUUID();
    return { requestId, file: writeRequestFile({ ...this.#caller(), ...fields, ...name }, requestId, secret) };
  }

  /** A signature does not say what was asked, so a reply to somebody else would pass. */
  #own<T extends { hardware_id: string; product_details: { short_code: string } }>(license: T): T {
    if (license.hardware_id !== this.hardwareId) throw untrusted("another device");
    if (license.product_details.short_code !== this.#options.product) throw untrusted("another product");
    return license;
  }
}

function untrusted(what: string): UntrustedReplyError {
  return new UntrustedReplyError(`the reply is about ${what}`);
}

function toQuery(fields: object): Record<string, string> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** Both forms are in use: with the path of the API, and without. */
function apiUrl(url: string | URL): URL {
  const base = new URL(url);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return base.pathname.endsWith(`/${BASE_PATH}`) ? base : new URL(BASE_PATH, base);
}

function dateOf(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}
