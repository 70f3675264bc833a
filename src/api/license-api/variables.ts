import Type from "typebox";
import { RequestRefusal } from "../http/request-refusal.ts";

const LONGEST = 1_024;
/** How many variables one request may set. */
const MOST = 256;

/** Variables of a device, by name. */
export const variablesField = {
  variables: Type.Optional(
    Type.Unsafe<Readonly<Record<string, unknown>> | string | null>({
      type: ["object", "string", "null"],
      description: "name → text, number or boolean; in a query the object as a JSON text",
    }),
  ),
};

/** Numbers and booleans are kept as their text. @throws RequestRefusal that names the variable */
export function toVariables(given: unknown): Readonly<Record<string, string>> {
  const source = typeof given === "string" ? parse(given) : (given ?? {});
  if (typeof source !== "object" || source === null || Array.isArray(source))
    throw refusal("variables must be an object");
  const entries = Object.entries(source);
  if (entries.length > MOST) throw refusal(`variables must not have more than ${MOST} names`);
  return Object.fromEntries(
    entries.map(([name, value]) => [checkText(name, `variables.${name}`), toText(name, value)]),
  );
}

function toText(name: string, value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return checkText(value, `variables.${name}`);
  throw refusal(`variables.${name} must be a text, a number or a boolean`);
}

function checkText(text: string, field: string): string {
  if (text.length > LONGEST) throw refusal(`${field.slice(0, 64)} must not be longer than ${LONGEST} characters`);
  if (text.isWellFormed() && !text.includes("\0")) return text;
  throw refusal("variables must be well-formed text without NUL characters");
}

function parse(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw refusal("variables must be a JSON object");
  }
}

function refusal(about: string): RequestRefusal {
  return new RequestRefusal("validation_error", about);
}
