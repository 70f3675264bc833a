import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { LiveSeatsObject, PoolObject } from "../../../schemas/management.d.ts";
import { type LiveState, useLive } from "./live.ts";

type Pools = readonly LiveSeatsObject[];

const LIVE_LISTS: readonly unknown[] = ["pool list", "seat list", "hold list"];

/** Keeps the pools, seats and holds on the screen as they are now. */
export function useLiveSeats(): LiveState {
  const client = useQueryClient();
  const follow = useRef<(pools: Pools) => void>(undefined);
  follow.current ??= follower(client);
  return useLive(follow.current);
}

/** Asks anew only for what changed, and never for two things at a time: a slow server is not asked ever more. */
function follower(client: QueryClient): (pools: Pools) => void {
  let changed: LiveSeatsObject[] = [];
  let isAnyChanged = false;
  let isRunning = false;
  return async function follow(pools) {
    isAnyChanged ||= pools.length === 0;
    changed.push(...pools);
    if (isRunning) return;
    isRunning = true;
    while (isAnyChanged || changed.length > 0) {
      const now = isAnyChanged ? [] : changed;
      isAnyChanged = false;
      changed = [];
      await bringUpToDate(client, now);
    }
    isRunning = false;
  };
}

/** @param pools that changed; none where any may have */
async function bringUpToDate(client: QueryClient, pools: Pools): Promise<void> {
  const isTold = (query: Query) => pools.length > 0 && (putPools(client, query, pools) || !isTouched(query, pools));
  const lists = client.getQueryCache().findAll({ predicate: ({ queryKey: [name] }) => LIVE_LISTS.includes(name) });
  const stale = new Set(lists.filter((query) => !isTold(query)));
  const ask = (queries: ReadonlySet<Query>) =>
    client.invalidateQueries({ predicate: (query) => queries.has(query) }, { cancelRefetch: false });
  const underWay = new Set([...stale].filter(({ state }) => state.fetchStatus === "fetching"));
  await ask(stale);
  // What was under way had been asked before the change. It came whole, though: under steady change it never would else.
  if (underWay.size > 0) await ask(underWay);
}

/** Puts pools into a list of all as they were told. @returns false where it has to be asked for anew */
function putPools(client: QueryClient, { queryKey, state }: Query, pools: Pools): boolean {
  if (queryKey[0] !== "pool list" || !Array.isArray(state.data) || state.fetchStatus === "fetching") return false;
  const told = new Map(pools.map((pool) => [keyOf(pool), pool]));
  const next = (state.data as readonly PoolObject[]).map((pool) => {
    const { in_use, seats } = told.get(keyOf(pool)) ?? pool;
    told.delete(keyOf(pool));
    return in_use === pool.in_use && seats === pool.seats ? pool : { ...pool, in_use, seats };
  });
  // A pool that is new, or of no seats and so perhaps gone.
  if (told.size > 0 || pools.some(({ seats }) => seats === 0)) return false;
  client.setQueryData(queryKey, next);
  return true;
}

/** Whether the filter of a list lets one of the pools through, as far as that can be told. */
function isTouched({ queryKey: [, given] }: Query, pools: Pools): boolean {
  const { license, product } = (given as { query?: Readonly<Record<string, string>> } | undefined)?.query ?? {};
  return pools.some(
    (pool) =>
      (license === undefined || license === String(pool.license)) &&
      (product === undefined || product === pool.product),
  );
}

function keyOf({ license, feature }: Pick<LiveSeatsObject, "license" | "feature">): string {
  return JSON.stringify([license, feature]);
}
