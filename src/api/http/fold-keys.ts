import { RequestRefusal } from "./request-refusal.ts";

/**
 * Takes the known fields out of a body or query whose keys may be in any case; null counts as left out, and
 * unknown keys are ignored. [WIRE-1]
 *
 * @param known field names as the schema has them
 */
export function keyFolder(known: readonly string[]): (source: unknown) => Record<string, unknown> {
  const exact = new Set(known);
  const foldedNames = new Map(known.map((name) => [name.toLowerCase(), name]));
  return (source) => {
    if (typeof source !== "object" || source === null || Array.isArray(source)) {
      throw new RequestRefusal("validation_error", "the body must be a JSON object");
    }
    const given = source as Record<string, unknown>;
    const target: Record<string, unknown> = {};
    const folded: string[] = [];
    for (const key of Object.keys(given)) {
      if (exact.has(key)) {
        if (given[key] !== null) target[key] = given[key];
      } else if (foldedNames.has(key.toLowerCase())) folded.push(key);
    }
    const seen = new Set<string>();
    for (const key of folded) {
      const name = foldedNames.get(key.toLowerCase()) as string;
      if (Object.hasOwn(given, name) || seen.has(name)) {
        throw new RequestRefusal("validation_error", `${name} is given twice`);
      }
      seen.add(name);
      if (given[key] !== null) target[name] = given[key];
    }
    return target;
  };
}
