import type { Side } from "../../api/operation.ts";

/** Beginnings of the names of settings that one side alone reads; the demo reads its own. */
const OF_ONE: readonly (readonly [beginning: string, side: Side | "demo"])[] = [
  ["license-api.", "vendor"],
  ["key-file", "vendor"],
  ["floating-server.", "floating"],
  ["auth.", "floating"],
  ["vendor.", "floating"],
  ["floating-management.", "demo"],
];

/** Whether a setting does nothing on this side. */
export function isForOther(name: string, side: Side): boolean {
  const found = OF_ONE.find(([beginning]) => name.startsWith(beginning));
  return found !== undefined && found[1] !== side;
}
