import type { Host } from "./host.ts";
import {
  type Call,
  type Reply,
  SeatClient,
  type SeatClientOptions,
  type SeatRoutes,
  type TakenSeat,
} from "./seat-client.ts";
import { type CallOptions, contentOf, type Effort } from "./transport.ts";
import { libraryName } from "./version.ts";
import type { FeatureObject, LicenseObject, RegisterReply } from "./wire/floating-server.ts";

export interface FloatingClientOptions extends SeatClientOptions {
  /** Whose seats they are. On Node `<name>@<host>` of who runs the program unless said otherwise. */
  readonly user?: string;
  /** A token of the server's `/auth`, where it wants one. */
  readonly token?: string;
}

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
  async license(options: CallOptions = {}): Promise<LicenseObject> {
    return (await this.repeat({ method: "GET", path: "license" }, options)).content as LicenseObject;
  }

  /** The features of the license. It takes no seat. */
  async features(options: CallOptions = {}): Promise<readonly FeatureObject[]> {
    return (await this.license(options)).product_features;
  }

  protected seatRoutes(feature: string | undefined): SeatRoutes {
    const [take, borrow, release] =
      feature === undefined
        ? (["register", "borrow", "unregister"] as const)
        : (["featureRegister", "featureRegister", "featureRelease"] as const);
    return { take: { method: "POST", path: take }, borrow, release };
  }

  protected readTaken(content: unknown): TakenSeat {
    return { ...(content as FeatureObject | RegisterReply), floats: true };
  }

  protected async call({ method, path, fields, headers }: Call, effort: Effort): Promise<Reply> {
    const { product, licenseId, appVersion, token } = this.#options;
    const license = { product, license_id: licenseId };
    const seat = {
      user: this.user,
      // The original's documentation requires these, empty or not.
      os_hostname: this.#host.hostname ?? "",
      ip_local: this.#host.localAddress ?? "",
      user_info: "",
      registered_at: new Date(),
      borrowed_until: null,
      sdk_ver: libraryName,
      app_ver: appVersion,
    };
    const answer = await this.transport.send(
      {
        method,
        path,
        ...(method === "GET" ? { query: license } : { body: { ...license, ...seat, ...fields } }),
        headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
      },
      effort,
    );
    return { content: contentOf(answer), answer };
  }
}
