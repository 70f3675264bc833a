import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Config } from "../../config/options.ts";
import { keyFileOf } from "../../sides/open-secrets.ts";
import { bad, type Finding, ok, skipped } from "./finding.ts";

/** Whether a server may keep its data in the folder. */
export function checkDataFolder(folder: string): Finding {
  const advice = "make it writable for the account that runs the server, or choose another by --data-dir";
  if (!existsSync(folder)) {
    const parent = nearestFolder(folder);
    if (isUsable(parent)) return ok("data_folder", `${folder} is not there yet: the first start makes it`);
    return bad("data_folder", `${folder} is not there, and ${parent} is not writable`, advice);
  }
  if (!statSync(folder).isDirectory()) return bad("data_folder", `${folder} is no folder`, advice);
  if (!isUsable(folder)) return bad("data_folder", `${folder} is not writable for this account`, advice);
  return ok("data_folder", `${folder} is writable`);
}

/** The key that secrets in a vendor's database are encrypted with. */
export function checkKeyFile(config: Config): Finding {
  const file = resolve(keyFileOf(config));
  if (!existsSync(file)) {
    const found = `there is no key file ${file}, and secrets in the database cannot be read without it`;
    return bad("key_file", found, "put it back from a backup, or name its place by --key-file");
  }
  if (!isReadable(file)) {
    return bad("key_file", `${file} is not readable for this account`, "give it to the account that runs the server");
  }
  const mode = statSync(file).mode & 0o077;
  if (mode !== 0) return bad("key_file", `${file} is open to other accounts`, `chmod 600 ${file}`);
  return ok("key_file", `${file} is there, for its owner only`);
}

export const noKeyFile = skipped("key_file", "nothing here is encrypted yet, and needs a key file");

function nearestFolder(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) || parent === path ? parent : nearestFolder(parent);
}

function isUsable(folder: string): boolean {
  return isAllowed(folder, constants.R_OK | constants.W_OK | constants.X_OK);
}

function isReadable(file: string): boolean {
  return isAllowed(file, constants.R_OK);
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
