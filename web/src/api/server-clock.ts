/** The `Date` header is cut to whole seconds. */
const HALF_A_SECOND = 500;
const TOLERANCE_MS = 1_500;

let offsetMs = 0;

/** Notes what time it is at the server: "ends in 1 minute" is true of its clock only. @param date of a reply just come */
export function noteServerTime(date: string | null): void {
  const found = Date.parse(date ?? "") + HALF_A_SECOND - Date.now();
  if (Math.abs(found - offsetMs) > TOLERANCE_MS) offsetMs = found;
}

/** Milliseconds since 1970, by the server's clock. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
