/** Milliseconds, or a number with its unit: `500ms`, `30s`, `10m`, `72h`, `3d`. */
export type Duration = number | string;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Timers of JavaScript hold no more; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** @throws TypeError where it is no duration */
export function toMs(duration: Duration): number {
  const [, figure, unit = ""] = /^(\d+(?:\.\d+)?)(ms|[smhd])$/.exec(String(duration)) ?? [];
  const ms = typeof duration === "number" ? duration : Number(figure) * (UNITS[unit] ?? Number.NaN);
  if (ms >= 0) return ms;
  throw new TypeError(`not a duration: ${duration}; write milliseconds, or 30s, 10m, 72h`);
}

/** Milliseconds that only go on, whatever happens to the clock. */
export function monotonic(): number {
  return performance.now();
}

/** A timer that keeps no program alive. @returns what stops it */
export function later(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
  // Browsers have numbers here.
  (timer as { unref?(): void }).unref?.();
  return () => clearTimeout(timer);
}

/** Waits, and keeps the program alive meanwhile. @throws the signal's reason */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(done, Math.min(ms, LONGEST_TIMER_MS));
    signal?.addEventListener("abort", stop);
    function done() {
      signal?.removeEventListener("abort", stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
  });
}

/** Up to a fifth more or less, so that many clients do not ask in step. */
export function jittered(ms: number): number {
  return ms * (0.8 + Math.random() * 0.4);
}

/** How long to wait before the try after this many failed ones: doubling from a quarter of a second. */
export function backoffMs(failures: number, longestMs: number): number {
  return jittered(Math.min(250 * 2 ** Math.min(failures, 16), longestMs));
}
