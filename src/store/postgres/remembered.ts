import type { License } from "../../domain/license.ts";
import type { SeenLicense } from "./seen.ts";

const MOST_LICENSES = 10_000;
/** Seats and other rows of all licenses together, and of one. */
const MOST_ROWS = 200_000;
const MOST_ROWS_OF_ONE = 50_000;

/**
 * What a node has seen of licenses in earlier transactions. It is as good as what the database would say only where the
 * license's locked row has the mark of the transaction after which it was remembered: then nobody has changed anything
 * since. Marks are random, so that after a failover no other transaction's is taken for it.
 */
export class Remembered {
  readonly #licenses = new Map<
    number,
    { readonly writtenBy: string; readonly seen: SeenLicense; readonly size: number }
  >();
  readonly #documents = new Map<number, { readonly writtenBy: string; readonly license: License }>();
  /** By a ref as JSON. */
  readonly #meant = new Map<string, number>();
  #namedBy: string | null = null;
  #rows = 0;

  /** Gives the license away: whoever takes it may change it, and puts it back when that is committed. */
  take(id: number, writtenBy: string | null): SeenLicense | undefined {
    const found = this.#licenses.get(id);
    if (found === undefined) return undefined;
    this.#licenses.delete(id);
    this.#rows -= found.size;
    return found.writtenBy === writtenBy ? found.seen : undefined;
  }

  keep(seen: SeenLicense, writtenBy: string): void {
    this.take(seen.id, null);
    // Replies are asked for once, if at all, and may be long.
    seen.replies.clear();
    const { size } = seen;
    if (size > MOST_ROWS_OF_ONE) return;
    this.#licenses.set(seen.id, { writtenBy, seen, size });
    this.#rows += size;
    // Who was asked about longest ago comes first.
    for (const oldest of this.#licenses.keys()) {
      if (this.#licenses.size <= MOST_LICENSES && this.#rows <= MOST_ROWS) return;
      this.take(oldest, null);
    }
  }

  /** The license's own document, and by which transaction it was written. */
  document(id: number): { readonly writtenBy: string; readonly license: License } | undefined {
    return this.#documents.get(id);
  }

  keepDocument(license: License, writtenBy: string): void {
    if (this.#documents.size >= MOST_LICENSES) this.#documents.clear();
    this.#documents.set(license.id, { writtenBy, license });
  }

  /** Which license a ref (as JSON) meant, as long as the transaction that changed names last is the one of `namedBy`. */
  meaning(ref: string): number | undefined {
    return this.#meant.get(ref);
  }

  get namedBy(): string | null {
    return this.#namedBy;
  }

  /** @param namedBy what was read before it was looked for what the names mean */
  keepMeanings(meant: Iterable<readonly [ref: string, id: number]>, namedBy: string | null): void {
    if (namedBy !== this.#namedBy || this.#meant.size >= MOST_LICENSES) this.#meant.clear();
    this.#namedBy = namedBy;
    for (const [ref, id] of meant) this.#meant.set(ref, id);
  }

  forgetMeanings(): void {
    this.#meant.clear();
  }
}
