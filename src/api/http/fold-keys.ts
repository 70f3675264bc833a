import { RequestRefusal } from "./request-refusal.ts";

/**
 * Takes the known fields out of a body or query whose keys may be in any case; null counts as left out, and
 * unknown keys are ignored. [WIRE-1]
 *
 * @param known field names as the schema has them
 */
export function keyFolder(known: readonly string[]): (source: unknown) => Record<string, unknown> {
  const exact = new Set(known);
  const folded = new Map(known.map((name) => [name.toLowerCase(), name]));
  return (source) => {
    if (typeof source !== "object" || source === null || Array.isArray(source)) {
      throw new RequestRefusal("validation_error", "the body must be a JSON object");
    }
    const target: Record<string, unknown> = {};
    const seen = new Set<string>();
    for (const key of Object.keys(source)) {
      const name = exact.has(key) ? key : folded.get(key.toLowerCase());
      if (name === undefined) continue;
      if (seen.has(name)) throw new RequestRefusal("validation_error", `${name} is given twice`);
      seen.add(name);
      const value = (source as Record<string, unknown>)[key];
      if (value !== null) target[name] = value;
    }
    return target;
  };
}
