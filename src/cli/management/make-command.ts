import { buildCommand, type Command, type CommandContext } from "@stricli/core";
import type { Operation } from "../../management/operation.ts";
import { textFlag } from "../flags.ts";
import { type CommandShape, type FieldFlag, hasFileText, isDestructive, shapeOf } from "./command-shape.ts";
import { connectionFlags } from "./connection.ts";
import { proposalsFor } from "./propose.ts";
import { readValue } from "./read-value.ts";
import { fieldsOf, type Value, type ValueKind } from "./schema.ts";

const on = (brief: string) => ({ kind: "boolean", brief, optional: true, withNegated: false }) as const;

/** An operation as a command: parameters of its path are arguments, the fields of its body are flags. [CLI-2] */
export function makeCommand(operation: Operation): Command<CommandContext> {
  const { summary, role, sides } = operation;
  const shape = shapeOf(operation);
  const where = sides.length === 1 ? ` (${sides[0]} server)` : "";
  return buildCommand<Record<string, unknown>, readonly string[]>({
    docs: { brief: summary, fullDescription: `${summary}${where}. Needs the role ${role}.` },
    // What runs it is loaded when it runs: help and completion do without.
    loader: async () => {
      const { runOperation } = await import("./run-operation.ts");
      return (flags: Record<string, unknown>, ...args: readonly string[]) =>
        runOperation(operation, renamed(flags, kebab), args);
    },
    parameters: {
      flags: renamed(flagsOf(operation, shape), camel),
      positional: positionalsOf(operation, shape),
    } as never,
  });
}

/** The scanner finds `--no-can-borrow` only where the flag is called `canBorrow`. */
function renamed<T>(flags: Readonly<Record<string, T>>, rename: (name: string) => string): Record<string, T> {
  return Object.fromEntries(Object.entries(flags).map(([name, each]) => [rename(name), each]));
}
const camel = (name: string) => name.replaceAll(/-./g, (match) => (match[1] ?? "").toUpperCase());
const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function positionalsOf(operation: Operation, { positionals, file }: CommandShape) {
  const parameters: object[] = positionals.map(({ field, about, isNumber }) => ({
    brief: about,
    placeholder: field.replaceAll("_", "-"),
    parse: isNumber && field !== "license" ? readId : String,
    proposeCompletions: proposalsFor(operation, field),
  }));
  if (file !== undefined) {
    parameters.push({
      brief: "file to send; - is standard input",
      placeholder: "file",
      parse: String,
      ...(!file.isRequired && { optional: true }),
    });
  }
  return { kind: "tuple", parameters };
}

function flagsOf(operation: Operation, { body, query, passwords }: CommandShape): Record<string, object> {
  const { method, list, hasEtag, isCreation, gives, status, reply } = operation;
  const isFile = gives === "file";
  const hasReply = status !== 204 && !isFile;
  const showsEtag = method === "GET" && list === undefined && gives === undefined && isObject(reply);
  return {
    ...Object.fromEntries([...query, ...body].map((each) => [each.flag, fieldFlag(operation, each)])),
    ...Object.fromEntries(
      passwords.map(({ flag, value: { schema }, isRequired }) => [
        `${flag}-file`,
        textFlag(
          `${isRequired ? "asked for at a terminal; or " : ""}file with it, - is standard input (${schema.description ?? flag})`,
          "file",
        ),
      ]),
    ),
    ...(list !== undefined && {
      filter: {
        ...textFlag(
          "name=x, name.contains=x, name.in=a,b, valid_until.lte=30d; several have to fit all",
          "field=value",
        ),
        variadic: true,
      },
      order: textFlag(
        `one of ${Object.keys(list).join(", ")}; order=-id, with - before it, the other way round`,
        "field",
      ),
      limit: textFlag("how many, 1 to 500", "number"),
      cursor: textFlag("next_cursor of the page before", "cursor"),
      all: on("all of them, not one page"),
      csv: on("all of them, as CSV"),
    }),
    ...(hasEtag && { "if-match": textFlag("only if it still is as this ETag says, see show --etag", "etag") }),
    ...(isCreation && { "idempotency-key": textFlag("the same key makes it once, however often it is sent", "key") }),
    ...(showsEtag && { etag: on("print the ETag only, for --if-match") }),
    ...(isFile && { out: textFlag("file to write; left out: standard output", "file") }),
    ...(hasFileText(operation) && {
      out: textFlag("write the file there; - is standard output, and nothing else", "file"),
    }),
    ...(isDestructive(operation) && { yes: on("do not ask") }),
    ...(hasReply && {
      json: on("print the reply's JSON"),
      field: textFlag("print this field of the reply only; of a list, a line for each", "name"),
    }),
    ...connectionFlags,
  };
}

/** The flags of an operation by the names that are typed, without those of every command. */
export function flagsFor(operation: Operation): Readonly<Record<string, object>> {
  const common = Object.keys(connectionFlags);
  const all = Object.entries(flagsOf(operation, shapeOf(operation)));
  return Object.fromEntries(all.filter(([name]) => !common.includes(name)));
}

function fieldFlag(operation: Operation, { field, value, flag, isRequired }: FieldFlag): object {
  const { kind, schema, isNullable } = value;
  const about = schema.description ?? flag.replaceAll("-", " ");
  const brief = isNullable && !/\bnull\b/.test(about) ? `${about}; null is none` : about;
  if (kind === "flag" && !isNullable) return { kind: "boolean", brief, optional: !isRequired };
  if (kind === "choice") {
    const values = [...(schema.enum ?? []), ...(isNullable ? ["null"] : [])];
    return { kind: "enum", values, brief, optional: !isRequired };
  }
  return {
    kind: "parsed",
    brief: `${brief}${hintOf(value)}`,
    placeholder: placeholders[kind],
    optional: !isRequired,
    ...(kind === "objects" && { variadic: true }),
    parse: (given: string) => readValue(value, given),
    // A field takes no license key, as an argument does.
    proposeCompletions: proposalsFor(operation, field === "license" ? "license_id" : field),
  };
}

const placeholders: Readonly<Record<ValueKind, string>> = {
  flag: "true|false",
  seconds: "duration",
  time: "time",
  number: "number",
  choice: "value",
  names: "a,b",
  objects: "name,field=value",
  object: "json",
  any: "json",
  text: "text",
};
function hintOf({ kind, schema }: Value): string {
  const isFree = kind === "objects" && fieldsOf(schema.items ?? {}).length === 0;
  return isFree ? " (JSON, once for each)" : (hints[kind] ?? "");
}

const hints: { readonly [Kind in ValueKind]?: string } = {
  seconds: " (90, 15m, 72h, 30d)",
  time: " (2027-01-31, or 30d from now)",
  names: " (separated by commas)",
  objects: " (name,field=value, once for each; or JSON)",
  object: " (JSON)",
};

function readId(given: string): string {
  if (/^\d{1,16}$/.test(given)) return given;
  throw new Error("it must be an id, which is a whole number");
}

function isObject(reply: object): boolean {
  return "properties" in reply;
}
