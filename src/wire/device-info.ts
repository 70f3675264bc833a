import type { JsonObject } from "../domain/json.ts";
import { toBoolean } from "./fields.ts";

/** What a device may say of itself, by the names it is kept under. */
export const deviceInfoNames = [
  "vm_info",
  "os_ver",
  "hostname",
  "ip",
  "ip_local",
  "mac_address",
  "sdk_ver",
  "app_ver",
] as const;

type GivenInfo = { readonly [Name in (typeof deviceInfoNames)[number] | "os_hostname"]?: string | null | undefined } & {
  readonly is_vm?: boolean | "true" | "false" | null | undefined;
};

/** What the device says of itself; `os_hostname` is another name of `hostname`, and what is empty is left out. */
export function toDeviceInfo(given: GivenInfo): JsonObject {
  const info: Record<string, string | boolean> = {};
  for (const name of deviceInfoNames) {
    const value = name === "hostname" ? given.hostname || given.os_hostname : given[name];
    if (value) info[name] = value;
  }
  const isVm = toBoolean(given.is_vm);
  if (isVm !== undefined) info["is_vm"] = isVm;
  return info;
}
