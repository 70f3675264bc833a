import { signDate } from "../../src/api/license-api/authorization/hmac-signature.ts";
import type { Pools } from "../pools.ts";
import { licenseFields } from "./license-fields.ts";
import type { Application } from "./load.ts";
import { offsetAfter, type PreparedRequest, writeDigits } from "./prepared-request.ts";

const DIGITS = 9;
const LICENSE = 100_000_000;

/** The headers by which an application proves itself. A date has whole seconds, so they are made once a second. */
export class Authorization {
  readonly #application: Application;
  #second = 0;
  #date = "";
  #signature = "";

  constructor(application: Application) {
    this.#application = application;
  }

  /** Of now; each of the two always has the same length. */
  current(): { readonly date: string; readonly signature: string } {
    const second = Math.floor(Date.now() / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = new Date(second * 1_000).toUTCString();
      this.#signature = signDate(this.#application.sharedKey, this.#date);
    }
    return { date: this.#date, signature: this.#signature };
  }

  headers(): Readonly<Record<"Date" | "Authorization", string>> {
    const { date, signature } = this.current();
    const parameters = { algorithm: "hmac-sha256", headers: "date", signature, apikey: this.#application.apiKey };
    const texts = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
    return { Date: date, Authorization: texts.join(",") };
  }
}

/** A route of the License API, and whether its fields are in the query or in the body. */
export type LicenseRoute = readonly [method: "GET" | "POST", path: string];

export function licenseTarget([method, path]: LicenseRoute, fields: Readonly<Record<string, string>>) {
  return method === "GET"
    ? { target: `${path}?${new URLSearchParams(fields)}`, body: undefined }
    : { target: path, body: JSON.stringify(fields) };
}

/** A check or a release on the License API. */
export class LicenseRequest implements PreparedRequest {
  readonly bytes: Buffer;
  readonly #authorization: Authorization;
  readonly #dateAt: number;
  readonly #signatureAt: number;
  readonly #licenseAt: number;
  readonly #featureAt: number;
  readonly #holderAt: readonly number[];
  #signedDate: string;

  constructor(route: LicenseRoute, port: number, authorization: Authorization) {
    const { target, body } = licenseTarget(route, licenseFields(LICENSE, 0, 0));
    const headers = authorization.headers();
    const head = [
      `${route[0]} ${target} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      "User-Agent: seatkeeper-bench",
      "Accept: application/json",
      "Content-Type: application/json",
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ...(body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
    ];
    this.bytes = Buffer.from(`${head.join("\r\n")}\r\n\r\n${body ?? ""}`);
    this.#authorization = authorization;
    this.#signedDate = headers.Date;
    this.#dateAt = offsetAfter(this.bytes, "Date: ");
    this.#signatureAt = offsetAfter(this.bytes, 'signature="');
    this.#licenseAt = offsetAfter(this.bytes, "BNCH-");
    this.#featureAt = offsetAfter(this.bytes, body === undefined ? "feature=f" : '"feature":"f');
    this.#holderAt = ["hw-", "host-"].map((text) => offsetAfter(this.bytes, text));
  }

  fill({ firstLicenseId, featuresPerLicense }: Pools, pool: number, holder: number): Buffer {
    const license = Math.floor(pool / featuresPerLicense);
    writeDigits(this.bytes, this.#licenseAt, DIGITS, firstLicenseId + license);
    writeDigits(this.bytes, this.#featureAt, 4, pool - license * featuresPerLicense);
    for (const at of this.#holderAt) writeDigits(this.bytes, at, DIGITS, holder);
    const { date, signature } = this.#authorization.current();
    if (date !== this.#signedDate) {
      this.#signedDate = date;
      this.bytes.write(date, this.#dateAt, "latin1");
      this.bytes.write(signature, this.#signatureAt, "latin1");
    }
    return this.bytes;
  }
}
