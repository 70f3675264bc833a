import { hash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

/** Where systems keep an id of the machine (systemd's machine-id(5), and D-Bus's older copy of it). */
const MACHINE_ID_FILES = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/**
 * An id for this installation, derived from the machine's, which itself is not given away. Made once and kept:
 * licenses are bound to it.
 */
export function makeHardwareId(): string {
  const machineId = MACHINE_ID_FILES.map(read).find((id) => id !== "") ?? randomUUID();
  return `sk-${hash("sha256", `seatkeeper hardware id\n${machineId}`, "hex").slice(0, 32)}`;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
