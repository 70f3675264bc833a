import { setTimeout as wait } from "node:timers/promises";
import { type Change, unchanged } from "../../domain/decision.ts";
import type { Instant } from "../../domain/instant.ts";
import {
  keptSince,
  mergeSpans,
  SPAN_LENGTHS,
  SPAN_MS,
  type SpanLength,
  spanStart,
  type UsagePosition,
  type UsageSpan,
} from "../../domain/usage-span.ts";
import type { Store } from "../../store/store.ts";
import { walkBack } from "./walk-back.ts";

/*
 * Usage is rolled up from events. Spans are only written once they have ended, and are the same whoever makes them: to
 * write one twice changes nothing. The position comes in the commit of the last of them, so whatever stops a pass, the
 * next one makes it good. [USAGE-4]
 */

/** More are written in several commits: a check-out must not wait for all of them. */
const SPANS_PER_COMMIT = 100;
/** How soon is looked again whether another node has rolled up. */
const OTHER_NODE_MS = 200;

export interface RollUpOptions {
  /** A holder of feature seats has a license seat too. [SEAT-6] */
  readonly needsLicenseSeats: boolean;
  /** Stops it between two commits. */
  readonly signal?: AbortSignal | undefined;
}

export interface RebuiltUsage {
  readonly events: number;
  readonly spans: number;
  readonly until: Instant;
}

/** Rolls up what has happened since the last time; where there was none, from the first event on. [USAGE-3] */
export function rollUpUsage(store: Store, options: RollUpOptions): Promise<void> {
  return inTurn(store, async () => {
    // Where another node is at it, there is nothing to do.
    await alone(store, async () => {
      const position = await store.usagePosition();
      if (position === undefined) await new RollUp(store, options).rebuild();
      else await new RollUp(store, options).goOn(position);
      return {};
    });
  });
}

/** Forgets what is rolled up, and makes it from the first event on. [USAGE-4] */
export function rebuildUsage(store: Store, options: RollUpOptions): Promise<RebuiltUsage> {
  return inTurn(store, async () => {
    for (;;) {
      const rebuilt = await alone(store, () => new RollUp(store, options).rebuild());
      if (rebuilt !== undefined) return rebuilt;
      await wait(OTHER_NODE_MS);
    }
  });
}

/** @returns undefined where another node rolls up */
function alone<T extends object>(store: Store, run: () => Promise<T>): Promise<T | undefined> {
  return store.alone === undefined ? run() : store.alone("roll up usage", run);
}

const running = new WeakMap<Store, Promise<unknown>>();

/** One at a time for each store. */
function inTurn<T>(store: Store, run: () => Promise<T>): Promise<T> {
  const turn = (running.get(store) ?? Promise.resolve()).then(run);
  running.set(
    store,
    turn.catch(() => {}),
  );
  return turn;
}

class RollUp {
  readonly #store: Store;
  readonly #options: RollUpOptions;
  #made: UsageSpan[] = [];

  constructor(store: Store, options: RollUpOptions) {
    this.#store = store;
    this.#options = options;
  }

  async goOn({ until: since, builtAt }: UsagePosition): Promise<void> {
    const told = await this.#store.seatsAsTold();
    const until = spanStart(told.now, "minute");
    if (until <= since) return;
    const never = Number.POSITIVE_INFINITY;
    await this.#walk({ told, until: since }, { minute: since, hour: never, day: never }, until);
    await this.#write();
    await this.#merge("hour", "minute", since, until);
    await this.#merge("day", "hour", since, until);
    await this.#write({ change: "put_usage_position", position: { until, builtAt } });
    await this.#drop((length) => keptSince(until, length));
  }

  async rebuild(): Promise<RebuiltUsage> {
    // From here on usage is counted from events, until all is made.
    await this.#change([{ change: "put_usage_position", position: null }]);
    await this.#drop(() => Number.MAX_SAFE_INTEGER);
    const told = await this.#store.seatsAsTold();
    const until = spanStart(told.now, "minute");
    const kept = SPAN_LENGTHS.map((length) => [length, keptSince(until, length)] as const);
    const since = Object.fromEntries(kept) as Record<SpanLength, Instant>;
    const counted = await this.#walk({ told, until: 0 }, since, until);
    await this.#write({ change: "put_usage_position", position: { until, builtAt: told.now } });
    return { ...counted, until };
  }

  /** Makes spans from events, of those lengths that begin at their `since` or later and have ended by `until`. */
  async #walk(
    from: Pick<Parameters<typeof walkBack>[1], "told" | "until">,
    since: Readonly<Record<SpanLength, Instant>>,
    until: Instant,
  ): Promise<{ events: number; spans: number }> {
    const counted = { events: 0, spans: 0 };
    const take = (span: UsageSpan) => {
      if (span.start + SPAN_MS[span.length] > until) return;
      this.#made.push(span);
      counted.spans += 1;
    };
    const onPage = (events: number) => {
      counted.events += events;
      return this.#write();
    };
    const { needsLicenseSeats } = this.#options;
    await walkBack(this.#store, { ...from, needsLicenseSeats, sink: { since, take }, onPage });
    return counted;
  }

  /** Makes the spans that have ended between two moments of the shorter ones in them. */
  async #merge(length: SpanLength, of: SpanLength, since: Instant, until: Instant): Promise<void> {
    for (let from = spanStart(since, length); from < spanStart(until, length); from += SPAN_MS[length]) {
      const parts = await this.#store.usageSpans({ length: of, from, to: from + SPAN_MS[length] });
      const pools = Map.groupBy(parts, ({ licenseId, featureId }) => `${licenseId} ${featureId}`);
      for (const each of pools.values()) this.#made.push(mergeSpans(length, each));
      await this.#write();
    }
  }

  /** Drops the spans that begin before a moment. */
  async #drop(before: (length: SpanLength) => Instant): Promise<void> {
    for (const length of SPAN_LENGTHS) {
      const range = { length, from: 0, to: before(length), limit: 1 };
      while (range.to > 0 && (await this.#store.usageSpans(range)).length > 0) {
        await this.#change([{ change: "drop_usage_spans", length, before: range.to, most: SPANS_PER_COMMIT }]);
      }
    }
  }

  /** Writes what was made. @param last comes in the last commit */
  async #write(...last: readonly Change[]): Promise<void> {
    const made = this.#made;
    this.#made = [];
    for (let at = 0; at < made.length || at === 0; at += SPANS_PER_COMMIT) {
      const spans = made.slice(at, at + SPANS_PER_COMMIT);
      const isLast = at + SPANS_PER_COMMIT >= made.length;
      await this.#change([
        ...(spans.length > 0 ? [{ change: "put_usage_spans", spans } as const] : []),
        ...(isLast ? last : []),
      ]);
    }
  }

  async #change(changes: readonly Change[]): Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (changes.length > 0) await this.#store.transact({}, () => ({ ...unchanged(undefined), changes }));
  }
}
