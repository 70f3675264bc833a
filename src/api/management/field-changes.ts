import type { Json, JsonObject } from "../../domain/json.ts";

/** One field that differs, by its path: `features.render.seats`. */
export interface FieldChange {
  readonly field: string;
  /** Null where there was none. */
  readonly before: Json;
  /** Null where there is none any more. */
  readonly after: Json;
}

/** What differs between two objects. Objects are looked into, and lists of things that have codes; others are one value. */
export function changesBetween(before: JsonObject, after: JsonObject, path = ""): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => changesOf(`${path}${name}`, before[name] ?? null, after[name] ?? null));
}

function changesOf(field: string, before: Json, after: Json): FieldChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [earlier, later] = [insideOf(before), insideOf(after)];
  return earlier !== undefined && later !== undefined
    ? changesBetween(earlier, later, `${field}.`)
    : [{ field, before, after }];
}

/** Undefined where a value is seen as a whole. */
function insideOf(value: Json): JsonObject | undefined {
  if (!Array.isArray(value)) return value !== null && typeof value === "object" ? (value as JsonObject) : undefined;
  const coded = value.map((each): readonly [unknown, Json] => [(each as { code?: Json } | null)?.code, each]);
  const isCoded =
    coded.every(([code]) => typeof code === "string") && new Set(coded.map(([code]) => code)).size === coded.length;
  return isCoded ? (Object.fromEntries(coded) as JsonObject) : undefined;
}
