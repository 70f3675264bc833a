import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Config } from "../config/options.ts";
import { Fault } from "../fault.ts";
import { SecretBox } from "../signing/secret-box.ts";
import type { Store } from "../store/store.ts";

/**
 * The key that the secrets in the vendor's database are encrypted with. It is made together with the database only: a
 * new one could read nothing of what an older database holds. [SEC-1]
 *
 * @throws Fault `config_invalid` that names the file, when it is lost or is another database's
 */
export async function openSecrets(config: Config, store: Store): Promise<SecretBox> {
  const file = keyFileOf(config);
  const [signingKey] = await store.records("signing_key");
  if (signingKey === undefined) return SecretBox.open(file);
  if (!existsSync(file)) {
    const sentence = `there is no key file ${file}, and the secrets in the database cannot be read without it`;
    throw new Fault("config_invalid", `${sentence}: put it back, or name another place by key-file`);
  }
  const secrets = SecretBox.open(file);
  try {
    secrets.open(signingKey.privateKey);
  } catch (error) {
    const sentence = `the secrets in the database cannot be read with the key file ${file}`;
    throw new Fault("config_invalid", `${sentence}: put the one in its place that belongs to this database`, error);
  }
  return secrets;
}

/** Where the key is kept. */
export function keyFileOf(config: Config): string {
  return config["key-file"] ?? join(resolve(config["data-dir"]), "seatkeeper.key");
}
