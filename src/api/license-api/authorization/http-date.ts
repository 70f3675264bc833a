import { HOUR_MS, type Instant, MINUTE_MS } from "../../../domain/instant.ts";

const WEEKDAY = "(?:[a-z]{2,9}(?:, *| +))?";
const TIME = "(\\d{2}):(\\d{2}):(\\d{2})";
const ZONE = "([a-z]{1,3}|[+-]\\d{4})";
/** `Tue, 07 Jun 2011 20:51:35 GMT`, and `Tuesday, 07-Jun-11 20:51:35 GMT`. */
const DAY_FIRST = new RegExp(`^${WEEKDAY}(\\d{1,2})([ -])([a-z]{3})\\2(\\d{4}|\\d{2}) +${TIME} *${ZONE}$`, "i");
/** `Tue Jun  7 20:51:35 2011`, which C's asctime writes; always UTC. */
const MONTH_FIRST = new RegExp(`^${WEEKDAY}([a-z]{3}) +(\\d{1,2}) +${TIME} +(\\d{4})$`, "i");

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Hours to UTC, for the names that RFC 5322 knows. Others are ambiguous. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ["gmt", 0],
  ["utc", 0],
  ["ut", 0],
  ["z", 0],
  ["edt", -4],
  ["est", -5],
  ["cdt", -5],
  ["cst", -6],
  ["mdt", -6],
  ["mst", -7],
  ["pdt", -7],
  ["pst", -8],
]);

let lastText = "";
let lastInstant: Instant | undefined;

/**
 * Reads a `Date` header as clients send it: the three forms of RFC 7231, also with a day of one digit, another zone
 * than GMT, and any weekday or none. [HMAC-3]
 *
 * @returns undefined for anything else, and for dates that no calendar has
 */
export function parseHttpDate(text: string): Instant | undefined {
  // Most requests of a second have the same.
  if (text !== lastText) {
    lastInstant = parse(text);
    lastText = text;
  }
  return lastInstant;
}

function parse(text: string): Instant | undefined {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) {
    const [, day = "", , month = "", year = "", hour = "", minute = "", second = "", zone = ""] = dayFirst;
    const offsetMs = parseZone(zone.toLowerCase());
    const local = toInstant(fullYear(year), month, day, hour, minute, second);
    return local === undefined || offsetMs === undefined ? undefined : local - offsetMs;
  }
  const [, month, day = "", hour = "", minute = "", second = "", year = ""] = MONTH_FIRST.exec(text) ?? [];
  return month === undefined ? undefined : toInstant(Number(year), month, day, hour, minute, second);
}

/** Two digits are of the years from 1970 to 2069: no clock that is near ours shows any other. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function parseZone(zone: string): number | undefined {
  if (!/^[+-]/.test(zone)) {
    const hours = ZONES.get(zone);
    return hours === undefined ? undefined : hours * HOUR_MS;
  }
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS);
}

function toInstant(
  year: number,
  monthName: string,
  ...[day, hour, minute, second]: readonly [day: string, hour: string, minute: string, second: string]
): Instant | undefined {
  const month = MONTHS.indexOf(monthName.toLowerCase());
  // A leap second is read as the second that follows it.
  if (month < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month, Number(day));
  if (date.getUTCMonth() !== month || date.getUTCDate() !== Number(day)) return undefined;
  return date.setUTCHours(Number(hour), Number(minute), Number(second));
}
