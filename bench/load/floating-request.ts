import { featureCode, type Pools, PRODUCT } from "../pools.ts";
import { offsetAfter, type PreparedRequest, writeDigits } from "./prepared-request.ts";

const DIGITS = 9;
const LICENSE_ID = 100_000_000;
const HOLDER = "000000000";

/** A check-out or a release on the Floating Server. */
export class FloatingRequest implements PreparedRequest {
  readonly bytes: Buffer;
  readonly #licenseAt: number;
  readonly #featureAt: number;
  readonly #holderAt: readonly number[];

  constructor(path: string, port: number) {
    const body = Buffer.from(JSON.stringify(requestBody(LICENSE_ID, 0, HOLDER)));
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      "User-Agent: seatkeeper-bench",
      "Accept: application/json",
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
    ];
    this.bytes = Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]);
    this.#licenseAt = offsetAfter(this.bytes, '"license_id":');
    this.#featureAt = offsetAfter(this.bytes, '"feature":"f');
    this.#holderAt = ['"user":"user-', '"os_hostname":"host-'].map((text) => offsetAfter(this.bytes, text));
  }

  fill({ firstLicenseId, featuresPerLicense }: Pools, pool: number, holder: number): Buffer {
    const license = Math.floor(pool / featuresPerLicense);
    writeDigits(this.bytes, this.#licenseAt, DIGITS, firstLicenseId + license);
    writeDigits(this.bytes, this.#featureAt, 4, pool - license * featuresPerLicense);
    for (const at of this.#holderAt) writeDigits(this.bytes, at, DIGITS, holder);
    return this.bytes;
  }
}

/** The fields that a client library sends, with a check-out and with a release. */
export function requestBody(licenseId: number, feature: number, holder: string) {
  return {
    product: PRODUCT,
    license_id: licenseId,
    feature: featureCode(feature),
    user: `user-${holder}`,
    os_hostname: `host-${holder}.office.example`,
    ip_local: "10.20.30.40",
    user_info: "Design department, workstation",
    registered_at: new Date().toISOString(),
  };
}
