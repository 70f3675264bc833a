import type { Instant } from "./instant.ts";
import type { PoolKey } from "./seat.ts";
import { SPAN_LENGTHS, SPAN_MS, type SpanLength, spanOf, spanStart, type UsageSpan, UsageTally } from "./usage-span.ts";

/** Which spans are made, and where they go. */
export interface SpanSink {
  /** Of each length, spans that begin then or later. */
  readonly since: Readonly<Record<SpanLength, Instant>>;
  take(span: UsageSpan): void;
}

interface OpenSpan {
  readonly start: Instant;
  readonly closing: number;
  readonly tally: UsageTally;
  /** From here to its end it is told. */
  at: Instant;
}

/** Makes the spans of one pool, told backwards. The latest end with what is known, which is now. */
export class SpanWalk {
  readonly #pool: PoolKey;
  readonly #now: Instant;
  readonly #sink: SpanSink;
  readonly #open = new Map<SpanLength, OpenSpan>();
  #seats: number;

  /** @param seats in use now */
  constructor(pool: PoolKey, seats: number, now: Instant, sink: SpanSink) {
    this.#pool = pool;
    this.#seats = seats;
    this.#now = now;
    this.#sink = sink;
  }

  /** The seats in use became what they were then, by so many. @param at not after that of the step before */
  step(at: Instant, change: number): void {
    for (const length of SPAN_LENGTHS) this.#openAt(at, length);
    this.#seats -= change;
  }

  deny(at: Instant): void {
    for (const length of SPAN_LENGTHS) {
      const open = this.#openAt(at, length);
      if (open !== undefined) open.tally.denials += 1;
    }
  }

  /** After the last step. */
  finish(): void {
    for (const length of SPAN_LENGTHS) this.#close(length);
  }

  /** The span of that moment, told back to it. */
  #openAt(at: Instant, length: SpanLength): OpenSpan | undefined {
    const start = spanStart(at, length);
    let open = this.#open.get(length);
    if (open?.start !== start) {
      this.#close(length);
      if (start < this.#sink.since[length]) return undefined;
      const end = Math.min(start + SPAN_MS[length], this.#now);
      open = { start, closing: this.#inUse, tally: new UsageTally(), at: end };
      this.#open.set(length, open);
    }
    open.tally.add(this.#inUse, open.at - at);
    open.at = at;
    return open;
  }

  #close(length: SpanLength): void {
    const open = this.#open.get(length);
    if (open === undefined) return;
    this.#open.delete(length);
    const { start, tally, closing, at } = open;
    tally.add(this.#inUse, at - start);
    this.#sink.take(spanOf(this.#pool, length, start, tally, this.#inUse, closing));
  }

  get #inUse(): number {
    return Math.max(0, this.#seats);
  }
}
