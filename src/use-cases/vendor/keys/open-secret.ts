import type { SecretBox } from "../../../signing/secret-box.ts";

/** How many secrets stay open: beyond it, the one that was opened first is closed. */
const MOST_OPEN = 1_000;

const openedBy = new WeakMap<SecretBox, Map<string, string>>();

/**
 * Opens a secret, and keeps it open: every request needs its key's. What is sealed anew is another text, so a secret
 * that was rotated away is of no use to anybody.
 */
export function openSecret(box: SecretBox, sealed: string): string {
  let opened = openedBy.get(box);
  if (opened === undefined) {
    opened = new Map();
    openedBy.set(box, opened);
  }
  const known = opened.get(sealed);
  if (known !== undefined) return known;
  const secret = box.open(sealed);
  opened.set(sealed, secret);
  if (opened.size > MOST_OPEN) opened.delete(opened.keys().next().value ?? "");
  return secret;
}
