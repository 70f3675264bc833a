import type { Instant } from "../domain/instant.ts";

const LOOSE_DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?\s?([Zz]|[+-]\d{2}:?\d{2})?)?$/;

/** `YYYY-MM-DDTHH:MM:SS.mmmZ` */
const OWN_FORM_LENGTH = 24;
const LETTER_Z = 90;

/**
 * Reads RFC 3339, `YYYY-MM-DD` and `YYYY-MM-DD HH:MM[:SS[.mmm]]`; without an offset it is UTC. [WIRE-6]
 * Fractions are cut to milliseconds. Years below 1 and dates that no calendar has are not read.
 */
export function parseDate(text: string): Instant | undefined {
  return parseOwnForm(text) ?? parseLooseDate(text);
}

/** The one form that dates go out in is the one that most come in, and the platform reads it fastest. */
function parseOwnForm(text: string): Instant | undefined {
  if (text.length !== OWN_FORM_LENGTH || text.charCodeAt(23) !== LETTER_Z || text.startsWith("0000")) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) || formatDate(instant) !== text ? undefined : instant;
}

function parseLooseDate(text: string): Instant | undefined {
  const match = LOOSE_DATE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset = "Z"] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  // A leap second is read as the second that follows it.
  if (y < 1 || h > 23 || mi > 59 || s > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(y, mo - 1, d);
  if (date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d) return undefined;
  const offsetMs = parseOffset(offset);
  if (offsetMs === undefined) return undefined;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  return date.getTime() + ((h * 60 + mi) * 60 + s) * 1_000 + ms - offsetMs;
}

function parseOffset(offset: string): number | undefined {
  if (offset === "Z" || offset === "z") return 0;
  const sign = offset.startsWith("-") ? -1 : 1;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  return hours > 23 || minutes > 59 ? undefined : sign * (hours * 60 + minutes) * 60_000;
}

/** `YYYY-MM-DDTHH:MM:SS.mmmZ`, or null. [WIRE-5] */
export function formatDate(instant: Instant): string;
export function formatDate(instant: Instant | null): string | null;
export function formatDate(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
