import { hostname, networkInterfaces, userInfo } from "node:os";
import type { Host } from "../host.ts";
import { onExit } from "./on-exit.ts";

/** What Node knows of the machine and of who runs the program. */
export function nodeHost(): Host {
  const host = hostname();
  const local = Object.values(networkInterfaces()).flat();
  const localAddress = local.find((each) => each?.family === "IPv4" && !each.internal)?.address ?? "127.0.0.1";
  return { user: `${userName()}@${host}`, hostname: host, localAddress, onExit };
}

/** Containers run programs as users that have a number only. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? `uid-${process.getuid?.() ?? 0}`;
  }
}
