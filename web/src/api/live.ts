import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { LiveSeatsObject } from "../../../schemas/management.d.ts";
import { BASE } from "./call.ts";

export type LiveState = "connecting" | "live" | "polling";

const POLL_EVERY_MS = 2_000;
/** Many seats may change at once. */
const TELL_EVERY_MS = 300;

/**
 * Follows the pools as they change, by server-sent events; where they do not come, asks anew every 2 seconds.
 *
 * @param onPools the pools that changed since it was last told
 */
export function useLive(onPools: (pools: readonly LiveSeatsObject[]) => void): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  const listener = useRef(onPools);
  listener.current = onPools;
  useEffect(() => {
    const changed = new Map<string, LiveSeatsObject>();
    let telling: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      telling = undefined;
      const pools = [...changed.values()];
      changed.clear();
      listener.current(pools);
    };
    const source = new EventSource(`${BASE}/live`);
    source.addEventListener("open", () => setState("live"));
    source.addEventListener("error", () => setState("polling"));
    source.addEventListener("seats", ({ data }: MessageEvent<string>) => {
      const pool: LiveSeatsObject = JSON.parse(data);
      changed.set(`${pool.license}-${pool.feature}`, pool);
      telling ??= setTimeout(tell, TELL_EVERY_MS);
    });
    return () => {
      clearTimeout(telling);
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

/** Keeps the pools and seats on the screen as they are now. */
export function useLiveSeats(): LiveState {
  const client = useQueryClient();
  const refresh = useRef<() => void>(undefined);
  refresh.current ??= oneAtATime(() =>
    Promise.all(
      // One that is under way goes on: under steady change a list would otherwise never come whole.
      LIVE_LISTS.map((name) => client.invalidateQueries({ queryKey: [name] }, { cancelRefetch: false })),
    ),
  );
  return useLive(refresh.current);
}

const LIVE_LISTS = ["pool list", "seat list", "hold list"] as const;

/** Runs it again after a run during which it was asked for, so that nothing that came meanwhile is missed. */
function oneAtATime(run: () => Promise<unknown>): () => void {
  let isRunning = false;
  let isWanted = false;
  return async function wanted() {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await run();
    }
    isRunning = false;
  };
}
