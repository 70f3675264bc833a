import type { ClientBase } from "pg";
import { run } from "./session.ts";
import { TAKE_SEAT_BLOCK } from "./statements.ts";

/** What the sequence counts by. */
const BLOCK_SIZE = 1_024;
/** A decision may take so many. */
const MOST_AT_ONCE = 64;

/** Ids for new seats: a node takes them from the database in blocks, and none is given twice. [STORE-8] */
export class SeatIds {
  #next = 0;
  #end = 0;

  get next(): number {
    return this.#next;
  }

  /** Sees to it that there are enough for so many decisions. */
  async provide(client: Pick<ClientBase, "query">, decisions: number): Promise<void> {
    if (this.#end - this.#next >= decisions * 2 + MOST_AT_ONCE) return;
    const [row] = await run(client, TAKE_SEAT_BLOCK);
    const first = row?.["first"] as number;
    // What follows the block before goes on with it; else the rest of that one is left out.
    if (first !== this.#end) this.#next = first;
    this.#end = first + BLOCK_SIZE;
  }

  /** A database that took the place of another one may give the same block once more. */
  forget(): void {
    this.#next = 0;
    this.#end = 0;
  }

  use(id: number): void {
    if (id >= this.#next && id < this.#end) this.#next = id + 1;
  }
}
