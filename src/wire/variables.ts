const LONGEST = 1_024;
/** How many variables one request may set. */
const MOST = 256;

/** A variable may have any name, so the values are held apart from the problem. */
type Variables = { readonly values: Readonly<Record<string, string>> };

/** Variables of a device by name; numbers and booleans as their text. @returns them, or what is wrong [DEV-6] */
export function readVariables(given: unknown): Variables | { readonly problem: string } {
  const source = given ?? {};
  if (typeof source !== "object" || Array.isArray(source)) return { problem: "variables must be an object" };
  const entries = Object.entries(source);
  if (entries.length > MOST) return { problem: `variables must not have more than ${MOST} names` };
  const texts: [string, string][] = [];
  for (const [name, value] of entries) {
    const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    if (typeof text !== "string") return { problem: `${fieldOf(name)} must be a text, a number or a boolean` };
    const problem = problemOf(name, text);
    if (problem !== undefined) return { problem };
    texts.push([name, text]);
  }
  return { values: Object.fromEntries(texts) };
}

function problemOf(name: string, value: string): string | undefined {
  if (name.length > LONGEST || value.length > LONGEST) {
    return `${fieldOf(name)} must not be longer than ${LONGEST} characters`;
  }
  const isText = (text: string) => text.isWellFormed() && !text.includes("\0");
  return isText(name) && isText(value) ? undefined : "variables must be well-formed text without NUL characters";
}

function fieldOf(name: string): string {
  return `variables.${name.slice(0, 64).toWellFormed()}`;
}
