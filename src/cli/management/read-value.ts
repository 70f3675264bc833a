import leven from "leven";
import { fieldsOf, flagNameOf, type Schema, toValue, type Value } from "./schema.ts";

/** In milliseconds. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * A typed text as the API takes it.
 *
 * @throws Error a sentence about what it should be
 */
export function readValue({ kind, schema, isNullable }: Value, text: string): unknown {
  if (isNullable && text === "null") return null;
  switch (kind) {
    case "flag":
      return readBoolean(text);
    case "seconds":
      return readDuration(text) / 1_000;
    case "time":
      return readTime(text);
    case "number":
      return readNumber(text);
    case "choice":
      return readChoice(schema.enum ?? [], text);
    case "names":
      return text === "" ? [] : text.split(",").map((each) => readItem(schema.items ?? {}, each.trim()));
    case "objects":
      return readObjects(schema.items ?? {}, text);
    case "object":
      return readObject(schema, text);
    case "any":
      return readAny(text);
    case "text":
      return text;
  }
}

/** @returns milliseconds of `90` (seconds), `15m`, `1h30m`, `30d` */
export function readDuration(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    throw new Error("it must be a duration like 90, 15m, 72h or 30d");
  }
  return Math.round(parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ""] ?? 0), 0));
}

/** @returns ISO 8601 of an ISO date, with or without a time, or of `30d` from now, `-30d` before now */
export function readTime(text: string): string {
  if (text === "now") return new Date().toISOString();
  const relative = /^([+-]?)((?:\d+(?:\.\d+)?(?:ms|[smhdw]))+)$/.exec(text);
  if (relative !== null) {
    const way = relative[1] === "-" ? -1 : 1;
    const at = new Date(Date.now() + way * readDuration(relative[2] ?? ""));
    if (Number.isFinite(at.getTime())) return at.toISOString();
  }
  if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) {
    // A time without a zone would mean another one on each machine.
    const zoned = /^[\d-]+$/.test(text) ? `${text}T00:00:00Z` : /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`;
    const at = new Date(zoned);
    if (Number.isFinite(at.getTime())) return at.toISOString();
  }
  throw new Error("it must be a time like 2027-01-31, 2027-01-31T12:00:00Z, or 30d from now");
}

/** @throws Error that suggests the nearest one */
export function readChoice(choices: readonly string[], text: string): string {
  if (choices.includes(text)) return text;
  throw new Error(`it must be one of ${choices.join(", ")}${didYouMean(choices, text)}`);
}

/** `, did you mean x?`, or nothing where nothing is near. */
export function didYouMean(known: readonly string[], text: string): string {
  const [nearest] = known
    .map((each) => ({ each, distance: leven(each, text) }))
    .sort((a, b) => a.distance - b.distance);
  const isNear = nearest !== undefined && nearest.distance <= Math.max(2, nearest.each.length / 3);
  return isNear ? `, did you mean ${nearest.each}?` : "";
}

function readBoolean(text: string): boolean {
  if (/^(true|yes|1)$/.test(text)) return true;
  if (/^(false|no|0)$/.test(text)) return false;
  throw new Error("it must be true or false");
}

function readNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) throw new Error("it must be a number");
  return number;
}

function readItem(schema: Schema, text: string): unknown {
  return schema.type === "integer" ? readNumber(text) : schema.enum ? readChoice(schema.enum, text) : text;
}

function readAny(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it must be JSON: ${(error as Error).message}`);
  }
}

function readObjects(item: Schema, text: string): unknown[] {
  if (text.startsWith("[")) return readJson(text) as unknown[];
  return [readObject(item, text)];
}

/** JSON, or `render,seats=5,can-borrow,timeout=15m`: a text without `=` is the first field, others without it are on. */
function readObject(schema: Schema, text: string): unknown {
  const fields = fieldsOf(schema);
  if (text.startsWith("{")) return readJson(text);
  if (fields.length === 0) throw new Error('it must be JSON like {"name":"value"}');
  const result: Record<string, unknown> = {};
  for (const [at, part] of text.split(",").entries()) {
    const [key = "", ...rest] = part.split("=");
    const isFirst = at === 0 && rest.length === 0 && isText(fields[0]?.[1]);
    const [name, value] = isFirst
      ? [fields[0]?.[0] ?? "", part]
      : [key.trim(), rest.length === 0 ? "true" : rest.join("=")];
    const field = fields.find(([each]) => each === name.replaceAll("-", "_") || flagNameOf(each) === name);
    if (field === undefined) {
      const known = fields.map(([each]) => flagNameOf(each));
      throw new Error(`it has no ${name}${didYouMean(known, name) || ` (it has ${known.join(", ")})`}`);
    }
    try {
      result[field[0]] = readValue(toValue(field[0], field[1]), value.trim());
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  }
  return result;
}

function isText(schema: Schema | undefined): boolean {
  return schema?.type === "string";
}
