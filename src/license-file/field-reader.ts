import { wireFormats } from "../wire/fields.ts";
import { readVariables } from "../wire/variables.ts";

const NAME_CODE_POINTS = 255;
const TEXT_CODE_POINTS = 1_024;

/**
 * Reads the fields of an object from a file by the rules of every request [WIRE-3] [WIRE-4], and gathers what is wrong.
 * Null counts as left out; a field that is wrong reads as if it were.
 */
export class FieldReader {
  readonly problems: string[] = [];
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;

  /** @param path stands before the names of fields */
  constructor(fields: unknown, path = "") {
    const isObject = typeof fields === "object" && fields !== null && !Array.isArray(fields);
    this.#fields = isObject ? (fields as Readonly<Record<string, unknown>>) : {};
    this.#path = path;
    if (!isObject) this.problem("must be an object", path.replace(/\.$/, " "));
  }

  problem(sentence: string, path = this.#path): void {
    this.problems.push(`${path}${sentence}`);
  }

  /** 1 to 255 code points. */
  name(field: string): string | undefined {
    const value = this.#text(field, NAME_CODE_POINTS);
    if (value !== "") return value;
    this.problem(`${field} must not be empty`);
    return undefined;
  }

  /** Up to 1,024 code points; may be empty. */
  text(field: string): string | undefined {
    return this.#text(field, TEXT_CODE_POINTS);
  }

  boolean(field: string): boolean | "true" | "false" | undefined {
    const value = this.#given(field);
    if (value === undefined || typeof value === "boolean" || value === "true" || value === "false") return value;
    this.problem(`${field} must be true or false`);
    return undefined;
  }

  /** An integer of either sign, or its digits. */
  integer(field: string): number | undefined {
    return this.#number(field, wireFormats["wire-integer"], "an integer");
  }

  /** An integer that is not negative, or its digits. */
  count(field: string): number | undefined {
    return this.#number(field, wireFormats["wire-id"], "an integer, 0 or more");
  }

  variables(field: string): Readonly<Record<string, string>> {
    const variables = readVariables(this.#given(field));
    if ("values" in variables) return variables.values;
    this.problem(variables.problem);
    return {};
  }

  #number(field: string, isGood: (digits: string) => boolean, kind: string): number | undefined {
    const value = this.#given(field);
    if (value === undefined) return undefined;
    if ((typeof value === "number" || typeof value === "string") && isGood(String(value))) return Number(value);
    this.problem(`${field} must be ${kind} up to ${Number.MAX_SAFE_INTEGER}`);
    return undefined;
  }

  #text(field: string, longest: number): string | undefined {
    const value = this.#given(field);
    if (value === undefined) return undefined;
    if (typeof value !== "string") this.problem(`${field} must be a string`);
    else if (!wireFormats["wire-text"](value)) {
      this.problem(`${field} must be well-formed text without NUL characters`);
    } else if (value.length > 2 * longest || [...value].length > longest) {
      this.problem(`${field} must not be longer than ${longest} characters`);
    } else return value;
    return undefined;
  }

  #given(field: string): unknown {
    return Object.hasOwn(this.#fields, field) ? (this.#fields[field] ?? undefined) : undefined;
  }
}
