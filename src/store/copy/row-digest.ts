import { hash } from "node:crypto";
import type { CopyRow } from "./copy-tables.ts";

const MODULUS = 1n << 256n;

/**
 * SHA-256 of each row, added up: the same for the same rows in whatever order. It tells of mistakes; who wants to deceive
 * is told by the chain of events.
 */
export class RowDigest {
  #rows = 0;
  #sum = 0n;

  add(rows: readonly CopyRow[]): void {
    for (const row of rows) this.#sum += BigInt(`0x${hash("sha256", JSON.stringify(row), "hex")}`);
    this.#sum %= MODULUS;
    this.#rows += rows.length;
  }

  get rows(): number {
    return this.#rows;
  }

  equals(other: RowDigest): boolean {
    return this.#rows === other.#rows && this.#sum === other.#sum;
  }
}
