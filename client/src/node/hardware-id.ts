import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

/** Where Linux keeps an id of the machine (systemd's machine-id(5), and D-Bus's older copy of it). */
const MACHINE_ID_FILES = ["/etc/machine-id", "/var/lib/dbus/machine-id"];
const MAC = ["ioreg", ["-rd1", "-c", "IOPlatformExpertDevice"], /"IOPlatformUUID" = "([^"]+)"/] as const;
const WINDOWS = [
  "reg",
  ["query", "HKLM\\SOFTWARE\\Microsoft\\Cryptography", "/v", "MachineGuid", "/reg:64"],
  /MachineGuid\s+REG_SZ\s+(\S+)/,
] as const;

/**
 * An id of this machine: the same for every program and user on it, and after any restart. It is a hash; the machine's
 * own id is not given away. Machines that were cloned without a new id have the same one. [CLIENT-9]
 *
 * @throws Error where the machine has none; then say `hardwareId` yourself
 */
export function machineHardwareId(): string {
  const machineId = MACHINE_ID_FILES.map(readText).find((text) => text !== "") ?? askSystem();
  return `skc-${createHmac("sha256", machineId).update("seatkeeper client").digest("hex").slice(0, 32)}`;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}

function askSystem(): string {
  const [command, args, pattern] = process.platform === "win32" ? WINDOWS : MAC;
  try {
    const printed = execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const id = pattern.exec(printed)?.[1];
    if (id !== undefined) return id;
  } catch {
    // Said below.
  }
  throw new Error("this machine has no id of its own (a container, perhaps): give hardwareId");
}
