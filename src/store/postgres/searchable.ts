/** PostgreSQL takes no text with U+0000, and none that is kept has one: such a text is looked for as null, which nothing is. */
export function searchable<Value>(value: Value): Value | null {
  return typeof value === "string" && value.includes("\0") ? null : value;
}

export function isSearchable(value: unknown): boolean {
  return value === undefined || searchable(value) === value;
}

/** Whether a text column takes it. */
export function isHoldable(text: string): boolean {
  return !text.includes("\0");
}

/** Whether every text in it can be read from a JSON column, which keeps escapes as they are written. */
export function isHoldableJson(json: string): boolean {
  if (!isHoldable(json)) return false;
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return true;
  let isEvery = true;
  try {
    JSON.parse(json, (key, value) => {
      for (const text of [key, value]) {
        if (typeof text === "string" && !(isHoldable(text) && text.isWellFormed())) isEvery = false;
      }
      return value;
    });
  } catch {
    // What is no JSON the server refuses, and says why.
  }
  return isEvery;
}
