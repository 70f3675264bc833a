import type { ItemOf } from "../../api/operation.ts";
import type { UrlState } from "../../parts/url-state.ts";

export type Pool = ItemOf<"pool list">;

/** Text of the API for nothing: license seats have no feature. */
export const NO_FEATURE = "null";

/** What narrows a list of seats to one pool. */
export function poolQuery({ license, feature }: Pool): { readonly license: string; readonly feature: string } {
  return { license: String(license), feature: feature ?? NO_FEATURE };
}

/** Whether the address asks for exactly this pool. */
export function poolOf(pool: Pool, state: UrlState): boolean {
  const { license, feature } = poolQuery(pool);
  return state["license"] === license && state["feature"] === feature;
}

/** The pools whose cards are shown. A pool that was chosen hides no other: one wants to compare. */
export function seenPools(pools: readonly Pool[], state: UrlState): readonly Pool[] {
  const { product, license, feature, pools: words = "" } = state;
  const isOne = license !== undefined && feature !== undefined;
  const parts = words.toLowerCase().split(/\s+/);
  return pools.filter((pool) => {
    if (product !== undefined && pool.product !== product) return false;
    if (license !== undefined && !isOne && String(pool.license) !== license) return false;
    if (state["state"] === "used" && pool.in_use === 0) return false;
    if (state["state"] === "full" && pool.in_use < pool.seats) return false;
    const text = `${pool.product} ${pool.feature ?? "license seats"} ${pool.license}`.toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}
