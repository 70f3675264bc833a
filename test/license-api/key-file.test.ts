import assert from "node:assert/strict";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pino from "pino";
import { type Config, optionNames, options } from "../../src/config/options.ts";
import { Fault } from "../../src/fault.ts";
import { startVendor } from "../../src/sides/vendor-side.ts";
import { useTempFolder } from "../support/temp-folder.ts";

/** Starts a vendor in the folder, and stops it. @returns its public keys */
async function startAndStop(folder: string, changes: Partial<Config> = {}): Promise<readonly string[]> {
  const defaults = Object.fromEntries(optionNames.map((name) => [name, options[name].default])) as Config;
  const config = { ...defaults, "data-dir": folder, "license-api.port": 0, "management.port": 0, ...changes };
  const vendor = await startVendor(config, { log: pino({ level: "silent" }) });
  await vendor.close();
  return vendor.keys.publicKeys;
}

test("[SEC-1] a database whose key file is lost gets no new one, and the sentence says which is missing", async (t) => {
  const folder = useTempFolder(t);
  const publicKeys = await startAndStop(folder);
  const [file, elsewhere] = [join(folder, "seatkeeper.key"), join(folder, "elsewhere.key")];
  renameSync(file, elsewhere);
  await assert.rejects(startAndStop(folder), isAbout(`there is no key file ${file}`));
  assert.equal(existsSync(file), false);
  assert.deepEqual(await startAndStop(folder, { "key-file": elsewhere }), publicKeys);
});

test("[SEC-1] a key file of another database is refused by a sentence that names it", async (t) => {
  const [folder, other] = [useTempFolder(t), useTempFolder(t)];
  const publicKeys = await startAndStop(folder);
  await startAndStop(other);
  const file = join(other, "seatkeeper.key");
  await assert.rejects(startAndStop(folder, { "key-file": file }), isAbout(`with the key file ${file}`));
  assert.deepEqual(await startAndStop(folder), publicKeys, "nothing was changed");
});

function isAbout(text: string) {
  return (error: unknown) => error instanceof Fault && error.code === "config_invalid" && error.message.includes(text);
}
