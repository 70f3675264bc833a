import { useEffect, useRef, useState } from "react";
import type { LiveSeatsObject } from "../../../schemas/management.d.ts";
import { BASE } from "./call.ts";

export type LiveState = "connecting" | "live" | "polling";

const POLL_EVERY_MS = 2_000;
/** A browser gives a stream up that was refused: by a proxy, or because the session had ended. */
const OPEN_AGAIN_AFTER_MS = 5_000;
/** Where no stream has begun by then, something between here and the server keeps it. */
const BEGINS_WITHIN_MS = 3_000;
/** Many seats may change at once. */
const TELL_EVERY_MS = 300;
/** Pools that changed together come one after the other. */
const GATHER_MS = 20;

/**
 * Follows the pools as they change, by server-sent events; where they do not come, asks anew every 2 seconds.
 *
 * @param onPools the pools that changed since it was last told; none where any may have
 */
export function useLive(onPools: (pools: readonly LiveSeatsObject[]) => void): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  const listener = useRef(onPools);
  listener.current = onPools;
  useEffect(() => {
    const changed = new Map<string, LiveSeatsObject>();
    let telling: ReturnType<typeof setTimeout> | undefined;
    let toldAt = 0;
    const tell = () => {
      telling = undefined;
      toldAt = performance.now();
      const pools = [...changed.values()];
      changed.clear();
      listener.current(pools);
    };
    const late = setTimeout(() => setState("polling"), BEGINS_WITHIN_MS);
    const open = () => {
      const source = new EventSource(`${BASE}/live`);
      source.addEventListener("open", () => {
        clearTimeout(late);
        setState("live");
        // Seats that ran out while nobody listened left no event that could be told of again.
        listener.current([]);
      });
      source.addEventListener("error", () => {
        setState("polling");
        if (source.readyState === EventSource.CLOSED) opening = setTimeout(reopen, OPEN_AGAIN_AFTER_MS);
      });
      source.addEventListener("seats", ({ data }: MessageEvent<string>) => {
        const pool: LiveSeatsObject = JSON.parse(data);
        changed.set(`${pool.license}-${pool.feature}`, pool);
        telling ??= setTimeout(tell, Math.max(GATHER_MS, toldAt + TELL_EVERY_MS - performance.now()));
      });
      return source;
    };
    const reopen = () => {
      source = open();
    };
    let opening: ReturnType<typeof setTimeout> | undefined;
    let source = open();
    return () => {
      for (const timer of [telling, late, opening]) clearTimeout(timer);
      source.close();
    };
  }, []);
  useEffect(() => {
    if (state !== "polling") return;
    const poll = setInterval(() => listener.current([]), POLL_EVERY_MS);
    return () => clearInterval(poll);
  }, [state]);
  return state;
}
