import type { Operation } from "../../management/operation.ts";
import { fieldsOf, flagNameOf, toValue, type Value } from "./schema.ts";

/** A field of a body or a query as a flag. */
export interface FieldFlag {
  readonly field: string;
  readonly flag: string;
  readonly value: Value;
  readonly isRequired: boolean;
}

/** What is typed for an operation, and where it goes. */
export interface CommandShape {
  readonly positionals: readonly { readonly field: string; readonly isNumber: boolean; readonly about: string }[];
  /** The last argument names a file: the whole body, or this field of it. */
  readonly file: { readonly field: string | undefined; readonly isRequired: boolean } | undefined;
  readonly body: readonly FieldFlag[];
  readonly query: readonly FieldFlag[];
  /** Never typed: it is prompted for, or read from a file. */
  readonly passwords: readonly FieldFlag[];
}

/** Flags that commands have for themselves; a field of such a name is called after its noun. */
const TAKEN = new Set("url token side profile json yes if-match idempotency-key etag out field help".split(" "));
/** Those that lists have besides: a field of such a name is for --filter only. */
const TAKEN_IN_LISTS = new Set([...TAKEN, ..."filter order limit cursor all csv".split(" ")]);

/** Sorts out what of an operation is an argument, a flag, a file, a password. */
export function shapeOf({ noun, params, query, body, list, takes }: Operation): CommandShape {
  const positionals = fieldsOf(params).map(([field, schema]) => ({
    field,
    isNumber: schema.type === "integer",
    about: schema.description ?? (schema.type === "integer" ? "id" : "name"),
  }));
  const all = fieldsOf(body ?? {}).map((each) => toFlag(noun, each));
  const isFile = ({ field, value }: FieldFlag) => field === "file" && value.kind === "text";
  const file = all.find(isFile);
  return {
    positionals,
    file:
      takes === "file"
        ? { field: undefined, isRequired: true }
        : file && { field: file.field, isRequired: file.isRequired },
    body: all.filter((each) => !isFile(each) && !isPassword(each.field)),
    // Of a list, only what is exactly so; the rest is said by --filter.
    query:
      list === undefined
        ? fieldsOf(query).map((each) => toFlag(noun, each))
        : fieldsOf(query)
            .filter(([name]) => name in list && !TAKEN_IN_LISTS.has(flagNameOf(name)))
            .map((each) => toFlag(noun, each)),
    passwords: all.filter(({ field }) => isPassword(field)),
  };
}

/** Whether a field is typed where nobody sees it. */
export function isPassword(field: string): boolean {
  return /(^|_)password$/.test(field);
}

/** Whether it takes something away, which a person at a terminal confirms. */
export function isDestructive({ method, verb }: Operation): boolean {
  return method === "DELETE" || ["delete", "remove", "reset", "retire", "revoke"].includes(verb);
}

/** Whether the reply has the text of a file in it, which can be written to one. */
export function hasFileText({ reply, list, status }: Operation): boolean {
  return (
    list === undefined &&
    status !== 204 &&
    fieldsOf(reply).some(([name, { type }]) => name === "file" && type === "string")
  );
}

/** What a field of the API is called on the command line, for sentences. */
export function labelsOf(operation: Operation): (param: string) => string {
  const { positionals, file, body, query, passwords } = shapeOf(operation);
  const labels = new Map<string, string>();
  for (const { field } of positionals) labels.set(field, `<${field.replaceAll("_", "-")}>`);
  for (const { field, flag } of [...query, ...body]) labels.set(field, `--${flag}`);
  for (const { field, flag } of passwords) labels.set(field, `--${flag}-file`);
  if (file?.field !== undefined) labels.set(file.field, "<file>");
  for (const flag of ["order", "limit", "cursor"]) if (operation.list !== undefined) labels.set(flag, `--${flag}`);
  return (param) => {
    const [field = "", ...rest] = param.split(".");
    const label = labels.get(field);
    if (label === undefined) return param;
    if (operation.list !== undefined && rest.length > 0) return `--filter ${param}`;
    return rest.length === 0 ? label : `${label} (${rest.join(".")})`;
  };
}

function toFlag(noun: string, [field, schema, isRequired]: ReturnType<typeof fieldsOf>[number]): FieldFlag {
  const name = flagNameOf(field);
  return { field, flag: TAKEN.has(name) ? `${noun}-${name}` : name, value: toValue(field, schema), isRequired };
}
