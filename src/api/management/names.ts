import type { Json, JsonObject } from "../../domain/json.ts";

/*
 * Between the domain's names and this API's: `timeoutMs: 900000` is `timeout_seconds: 900`, `validUntil` an ISO time.
 */

/** Times by their names: `…At`, `…Until`, and `at`. */
const TIME = /(^|_)(at|until)$/;
const SECONDS = /_seconds$/;

export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/_ms$/, "_seconds");
}

export function camel(name: string): string {
  return name.replace(SECONDS, "_ms").replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** @returns ISO 8601 in UTC; null for what has not happened or never will */
export function isoTime(at: number | null | undefined): string | null {
  return at === null || at === undefined || at === 0 ? null : new Date(at).toISOString();
}

/** One level of a domain's record by wire names. Objects and lists in it stay as they are. @param hidden fields left out */
export function toWire(record: object, hidden: readonly string[] = []): JsonObject {
  const fields = Object.entries(record).filter(([name, value]) => value !== undefined && !hidden.includes(name));
  return Object.fromEntries(fields.map(([name, value]) => [snake(name), valueToWire(snake(name), value)]));
}

/** One level of a body by the domain's names. */
export function fromWire(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [camel(name), valueFromWire(name, value)]));
}

/** A value in the unit that its wire name ends in. */
export function inUnitOf<T>(name: string, value: T): T | number {
  return typeof value === "number" && SECONDS.test(name) ? value / 1_000 : value;
}

function valueToWire(name: string, value: unknown): Json {
  return typeof value === "number" && TIME.test(name) ? isoTime(value) : (inUnitOf(name, value) as Json);
}

function valueFromWire(name: string, value: unknown): unknown {
  if (typeof value === "string" && TIME.test(name)) return Date.parse(value);
  if (typeof value === "number" && SECONDS.test(name)) return Math.round(value * 1_000);
  return value;
}
