import { featureCode, type Pools, PRODUCT } from "../pools.ts";

const DIGITS = 9;
const LICENSE_ID = 100_000_000;
const HOLDER = "000000000";

/**
 * A request whose bytes are built once; for each use only the digits of license, feature and holder are written
 * over. Every connection has its own, and reuses it when the reply is there: by then the bytes have been sent.
 */
export class PreparedRequest {
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
    this.#licenseAt = this.#after('"license_id":');
    this.#featureAt = this.#after('"feature":"f');
    this.#holderAt = [this.#after('"user":"user-'), this.#after('"os_hostname":"host-')];
  }

  /** @param pool counted through all features of the first license, then those of the next @param holder 0 to 10^9 - 1 */
  fill({ firstLicenseId, featuresPerLicense }: Pools, pool: number, holder: number): Buffer {
    const license = Math.floor(pool / featuresPerLicense);
    writeDigits(this.bytes, this.#licenseAt, DIGITS, firstLicenseId + license);
    writeDigits(this.bytes, this.#featureAt, 4, pool - license * featuresPerLicense);
    for (const at of this.#holderAt) writeDigits(this.bytes, at, DIGITS, holder);
    return this.bytes;
  }

  #after(text: string): number {
    const at = this.bytes.indexOf(text);
    if (at < 0) throw new Error(`the request has no ${text}`);
    return at + text.length;
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

function writeDigits(bytes: Buffer, at: number, width: number, value: number): void {
  let rest = value;
  for (let place = at + width - 1; place >= at; place -= 1) {
    const tens = Math.floor(rest / 10);
    bytes[place] = 48 + rest - tens * 10;
    rest = tens;
  }
}
