import { randomUUID } from "node:crypto";
import { release } from "node:os";
import { RefusedError, UntrustedReplyError } from "../errors.ts";
import { machineHardwareId } from "../node/hardware-id.ts";
import { nodeHost } from "../node/host.ts";
import {
  type Call,
  type Reply,
  SeatClient,
  type SeatClientOptions,
  type SeatRoutes,
  type TakenSeat,
} from "../seat-client.ts";
import type { CallOptions, Effort } from "../transport.ts";
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

/** Calls for which a license user has to prove to be that user. */
const PROVEN = /^activate|borrow$/;

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
    super(options, host);
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
    const { content } = await this.repeat({ method: "POST", path: "activate_license" }, options);
    return this.#own(content as ActivationObject);
  }

  /** Takes this device off the license, with its seats. One that is off already stays so. */
  async deactivate({ consumptions, signal }: DeactivateOptions = {}): Promise<void> {
    // Sent again after a lost reply, the second answer is that the device is not there.
    let isRepeated = false;
    await this.transport.repeat(
      async (effort) => {
        try {
          await this.call({ method: "POST", path: "deactivate_license", fields: { consumptions } }, effort);
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
    const { content } = await this.repeat({ method: "GET", path: "check_license" }, options);
    return this.#own(content as CheckLicenseReply);
  }

  /** The license as it is now, with its features; the device has to be active on it. It takes no seat. */
  async license(options: CallOptions = {}): Promise<DeviceLicenseObject> {
    const { product, licenseId, licenseKey } = this.#options;
    const { content } = await this.repeat({ method: "GET", path: "device_licenses" }, options);
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

  protected seatRoutes(feature: string | undefined): SeatRoutes {
    const [take, borrow, release] =
      feature === undefined
        ? (["check_license", "floating/borrow", "floating/release"] as const)
        : (["check_license_feature", "floating/feature_borrow", "floating/feature_release"] as const);
    return { take: { method: "GET", path: take }, borrow, release };
  }

  protected readTaken(content: unknown, feature: string | undefined): TakenSeat {
    const taken = content as CheckLicenseFeatureReply | CheckLicenseReply;
    if (feature === undefined) this.#own(taken as CheckLicenseReply);
    else if ((taken as CheckLicenseFeatureReply).code !== feature) throw untrusted("another feature");
    return { ...taken, floats: taken.is_floating_cloud };
  }

  protected async call({ method, path, fields, headers: extra }: Call, effort: Effort): Promise<Reply> {
    const input = { ...this.#caller(), ...(PROVEN.test(path) && this.#password()), ...fields };
    for (let isFirst = true; ; isFirst = false) {
      const headers = { ...(await this.#application.headers(effort)), ...extra };
      const request = { method, path, headers, ...(method === "GET" ? { query: input } : { body: input }) };
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
