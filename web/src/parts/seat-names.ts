import type { PoolObject, SeatObject } from "../../../schemas/management.d.ts";

/** What a pool is called: its feature, or that it is the license's own. */
export function poolName(feature: string | null): string {
  return feature ?? "License seats";
}

/** "ann's seat of render", "ann's license seat". */
export function seatName({ holder, feature }: Pick<SeatObject, "holder" | "feature">): string {
  return feature === null ? `${holder}'s license seat` : `${holder}'s seat of ${feature}`;
}

/** "render of cad"; null is the product of a license that is gone. */
export function poolOfProduct({
  product,
  feature,
}: {
  readonly product: string | null;
  readonly feature: string | null;
}): string {
  return `${poolName(feature)} of ${product ?? "a removed license"}`;
}

/** "render of cad, license 4". */
export function fullPoolName(pool: Pick<PoolObject, "product" | "feature" | "license">): string {
  return `${poolOfProduct(pool)}, license ${pool.license}`;
}
