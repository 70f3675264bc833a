/** What the verbs do to a license, told before it is done. */
export const WHAT_HAPPENS = {
  enable: {
    title: "Enable",
    text: "It can be activated and used again. Devices that were on it still are.",
  },
  disable: {
    title: "Disable",
    text: "Everything about it is refused from now on, and its cloud seats end at once. A floating server that has imported it goes on until it imports a refresh file. You can enable it again.",
  },
  reset: {
    title: "Reset",
    text: "It becomes as if it had never been activated: devices are taken off, seats end, and what was consumed is forgotten. This cannot be undone. Bars on devices stay.",
  },
  delete: {
    title: "Delete",
    text: "It is removed with its devices, seats and counters. This cannot be undone; only its events stay in the audit log. A floating server that has imported it is not told.",
  },
} as const;

/** "1 license", "3 licenses". */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
