import type { Pools } from "../pools.ts";

/**
 * A request whose bytes are built once; for each use only digits are written over. Every connection has its own, and
 * reuses it when the reply is there: by then the bytes have been sent.
 */
export interface PreparedRequest {
  readonly bytes: Buffer;
  /** @param pool counted through all features of the first license, then those of the next @param holder 0 to 10^9 - 1 */
  fill(pools: Pools, pool: number, holder: number): Buffer;
}

/** Where the bytes after a text begin. */
export function offsetAfter(bytes: Buffer, text: string): number {
  const at = bytes.indexOf(text);
  if (at < 0) throw new Error(`the request has no ${text}`);
  return at + text.length;
}

export function writeDigits(bytes: Buffer, at: number, width: number, value: number): void {
  let rest = value;
  for (let place = at + width - 1; place >= at; place -= 1) {
    const tens = Math.floor(rest / 10);
    bytes[place] = 48 + rest - tens * 10;
    rest = tens;
  }
}
