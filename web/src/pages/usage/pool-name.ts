/** "render of demo", or "licenses of demo" where it is the license's own pool. */
export function poolName({
  product,
  feature,
}: {
  readonly product: string | null;
  readonly feature: string | null;
}): string {
  return `${feature ?? "license seats"} of ${product ?? "a removed license"}`;
}
