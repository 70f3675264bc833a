/** PostgreSQL takes no text with U+0000, and none that is kept has one: such a text is looked for as null, which nothing is. */
export function searchable<Value>(value: Value): Value | null {
  return typeof value === "string" && value.includes("\0") ? null : value;
}

export function isSearchable(value: unknown): boolean {
  return value === undefined || searchable(value) === value;
}
