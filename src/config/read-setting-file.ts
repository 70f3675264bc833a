import { existsSync, readFileSync } from "node:fs";
import { Fault } from "../fault.ts";

/**
 * The text of a file that a setting names.
 *
 * @throws Fault `config_invalid` that names the setting
 */
export function readSettingFile(setting: string, file: string): string {
  if (!existsSync(file)) throw new Fault("config_invalid", `${setting}: there is no file ${file}`);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Fault("config_invalid", `${setting}: ${file} cannot be read: ${(error as Error).message}`);
  }
}
