/** What a field of a list may be; times are milliseconds. */
export type ListValue = string | number | boolean | null | undefined;

export function isThere(value: ListValue): boolean {
  return value !== null && value !== undefined;
}

/** Nothing stands before everything else. */
export function compare(a: ListValue, b: ListValue): number {
  if (a === b) return 0;
  if (!isThere(a)) return isThere(b) ? -1 : 0;
  if (!isThere(b)) return 1;
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
}
