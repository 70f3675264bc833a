import { labelOf, wordsOf } from "../../parts/labels.ts";
import { duration, inFull } from "../../parts/times.tsx";

/**
 * A path as words: `features.render.seats` is "render: Max simultaneous users".
 *
 * @param codes of the license's features; a code may have dots of its own
 */
export function changedField(path: string, codes: readonly string[]): string {
  const inFeatures = after(path, "features.");
  if (inFeatures !== undefined) {
    const code = codes.find((each) => inFeatures === each || inFeatures.startsWith(`${each}.`));
    // A feature that came or went is told as a whole.
    if (code === undefined || code === inFeatures) return `Feature ${inFeatures}`;
    return `${code}: ${changedField(inFeatures.slice(code.length + 1), codes)}`;
  }
  const inMetadata = after(path, "metadata.");
  if (inMetadata !== undefined) return `Metadata: ${inMetadata}`;
  const inCustomer = after(path, "customer.");
  if (inCustomer !== undefined) return `Customer: ${labelOf(inCustomer)}`;
  return labelOf(path);
}

/** A value as people read it. @param path the field's, whose unit its name tells */
export function changedValue(path: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return /^features\.[^.]+$/.test(path) ? "not there" : "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return path.endsWith("_seconds") ? duration(value) : String(value);
  if (typeof value === "string") {
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return inFull(value);
    return /(^|\.)(type|consumption_resets)$/.test(path) ? wordsOf(value) : value;
  }
  const { code, name, seats, offline_floating: floats } = value as Readonly<Record<string, unknown>>;
  if (typeof code === "string") return `${name ?? code}${floats === true ? `, ${seats} seats` : ""}`;
  return JSON.stringify(value);
}

/** What follows a beginning; undefined where a text does not begin so. */
function after(text: string, beginning: string): string | undefined {
  return text.startsWith(beginning) ? text.slice(beginning.length) : undefined;
}
