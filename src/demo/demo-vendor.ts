import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAnswer } from "../license-file/write-license-file.ts";
import { makeKeyPair, readPrivateKey } from "../signing/rsa.ts";
import { licenseToWire, noUsage } from "../wire/license-object.ts";
import { floatingDemoLicense } from "./demo-licenses.ts";
import { writeFileAtomically } from "./write-file.ts";

interface Secrets {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly apiKey: string;
  readonly sharedKey: string;
  readonly licenseKey: string;
}

/** The demo's vendor: a key pair and a license, made once and kept in the data folder. */
export class DemoVendor {
  readonly publicKeyFile: string;
  readonly #secrets: Secrets;

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const file = join(dataDir, "demo-vendor.json");
    if (!existsSync(file)) writeFileAtomically(file, JSON.stringify(makeSecrets(), null, 2));
    this.#secrets = JSON.parse(readFileSync(file, "utf8"));
    this.publicKeyFile = join(dataDir, "vendor-public-key.pem");
    writeFileAtomically(this.publicKeyFile, this.#secrets.publicKey);
  }

  /** @returns the license file for a floating server */
  answer(hardwareId: string): string {
    const { licenseKey, privateKey, apiKey, sharedKey } = this.#secrets;
    const now = Date.now();
    const license = licenseToWire(floatingDemoLicense(licenseKey), noUsage(now), { isAdmin: true });
    return writeAnswer(
      { license, licensee: licenseKey, requestId: randomUUID(), hardwareId, date: now },
      { privateKey: readPrivateKey(privateKey), apiKey, sharedKey },
    );
  }
}

function makeSecrets(): Secrets {
  return {
    ...makeKeyPair(),
    apiKey: randomUUID(),
    sharedKey: randomBytes(30).toString("base64url"),
    licenseKey: makeLicenseKey(),
  };
}

/** `XXXX-XXXX-XXXX-XXXX`, without letters and digits that look alike. */
function makeLicenseKey(): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
