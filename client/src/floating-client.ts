import type { Consumption } from "./consumption.ts";
import { RefusedError } from "./errors.ts";
import type { Host } from "./host.ts";
import { SeatClient, type SeatClientOptions } from "./seat-client.ts";
import type { Confirmation } from "./seat-events.ts";
import type { SeatCalls } from "./seat-keeper.ts";
import { type CallOptions, clockOffsetMs, contentOf, type Effort } from "./transport.ts";
import { libraryName } from "./version.ts";
import type { BorrowReply, FeatureObject, LicenseObject, RegisterReply } from "./wire/floating-server.ts";

export interface FloatingClientOptions extends SeatClientOptions {
  /** Whose seats they are. On Node `<name>@<host>` of who runs the program unless said otherwise. */
  readonly user?: string;
  /** A token of the server's `/auth`, where it wants one. */
  readonly token?: string;
}

/** What a release is refused with where there is nothing to release. */
const NOT_HELD = new Set(["floating_feature_device_not_in_use", "device_not_found", "feature_not_floating"]);
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Seats of a floating server at the customer: `await using seat = await client.checkOut("render")`.
 *
 * A seat belongs to the user, so the same user gets the same seat back after any restart.
 */
export class FloatingClient extends SeatClient {
  /** Whose seats they are. */
  readonly user: string;
  readonly #options: FloatingClientOptions;
  readonly #host: Host;

  /** @param host what surrounds the program; a browser gives nothing */
  constructor(options: FloatingClientOptions, host: Host = {}) {
    super(options, host);
    const user = options.user ?? host.user;
    if (!user) throw new TypeError("user is missing: whose seats they are");
    this.user = user;
    this.#options = options;
    this.#host = host;
  }

  /** The license as it is now, with its features. It takes no seat. */
  license(options: CallOptions = {}): Promise<LicenseObject> {
    const { product, licenseId } = this.#options;
    const query = { product, ...(licenseId !== undefined && { license_id: String(licenseId) }) };
    return this.transport.repeat(async (effort) => {
      const request = { method: "GET", path: "api/v4/license", query, headers: this.#headers() } as const;
      return contentOf(await this.transport.send(request, effort)) as LicenseObject;
    }, options);
  }

  /** The features of the license. It takes no seat. */
  async features(options: CallOptions = {}): Promise<readonly FeatureObject[]> {
    return (await this.license(options)).product_features;
  }

  protected seatCalls(feature: string | undefined): SeatCalls {
    return feature === undefined ? this.#licenseSeat() : this.#featureSeat(feature);
  }

  protected async sendConsumption({ key, amount, feature }: Consumption, options: CallOptions): Promise<number> {
    const path = feature === undefined ? "api/v4/add_consumption" : "api/v4/add_feature_consumption";
    const headers = { "idempotency-key": key };
    const { content } = await this.#post(path, { feature, consumptions: amount }, options, headers);
    return (content as { total_consumptions: number }).total_consumptions;
  }

  #featureSeat(feature: string): SeatCalls {
    const register = (until: Date | null, effort: Effort) =>
      this.#confirm("api/v4/featureRegister", { feature, borrowed_until: until }, effort);
    return {
      take: (effort) => register(null, effort),
      async borrow(until, effort) {
        if (until !== undefined) return register(until, effort);
        // There is no other way to say "as long as allowed" here.
        const now = await register(null, effort);
        return register(new Date(Date.now() + now.clockOffsetMs + now.longestBorrowMs), effort);
      },
      giveBack: (effort) => this.#giveBack("api/v4/featureRelease", { feature }, effort),
    };
  }

  #licenseSeat(): SeatCalls {
    return {
      take: (effort) => this.#confirm("api/v4/register", { borrowed_until: null }, effort),
      borrow: async (until, effort) => {
        // Registered before, so that the reply to it tells the rest.
        const now = await this.#confirm("api/v4/register", { borrowed_until: null }, effort);
        const { content } = await this.#repeat("api/v4/borrow", { borrowed_until: until ?? null }, effort);
        return { ...now, borrowedUntil: dateOf((content as BorrowReply).borrowed_until) };
      },
      giveBack: (effort) => this.#giveBack("api/v4/unregister", {}, effort),
    };
  }

  async #confirm(path: string, fields: object, effort: Effort): Promise<Confirmation & { longestBorrowMs: number }> {
    const { content, answer } = await this.#repeat(path, fields, effort);
    const reply = content as FeatureObject | RegisterReply;
    return {
      askedAt: answer.askedAt,
      timeoutMs: reply.floating_timeout * MINUTE_MS,
      inUse: reply.floating_in_use_devices,
      capacity: reply.floating_users,
      borrowedUntil: dateOf(reply.borrowed_until),
      longestBorrowMs: reply.max_borrow_time * HOUR_MS,
      clockOffsetMs: clockOffsetMs(answer.headers),
    };
  }

  async #giveBack(path: string, fields: object, effort: Effort): Promise<void> {
    try {
      await this.#repeat(path, fields, effort);
    } catch (error) {
      if (!(error instanceof RefusedError && NOT_HELD.has(error.code))) throw error;
    }
  }

  #repeat(path: string, fields: object, effort: Effort) {
    return this.transport.repeat((each) => this.#post(path, fields, each), effort);
  }

  async #post(path: string, fields: object, effort: Effort, headers: Readonly<Record<string, string>> = {}) {
    const { product, licenseId, appVersion } = this.#options;
    const body = {
      product,
      license_id: licenseId,
      user: this.user,
      // The original's documentation requires the next four.
      os_hostname: this.#host.hostname ?? "",
      ip_local: this.#host.localAddress ?? "",
      user_info: "",
      registered_at: new Date(),
      sdk_ver: libraryName,
      app_ver: appVersion,
      ...fields,
    };
    const request = { method: "POST", path, body, headers: { ...this.#headers(), ...headers } } as const;
    const answer = await this.transport.send(request, effort);
    return { content: contentOf(answer), answer };
  }

  #headers(): Readonly<Record<string, string>> {
    const { token } = this.#options;
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }
}

function dateOf(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}
