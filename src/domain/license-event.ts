import type { EventKind, SeatEvent } from "./event.ts";
import type { Json, JsonObject } from "./json.ts";
import type { License } from "./license.ts";
import { LICENSE_POOL } from "./seat.ts";

/*
 * What events tell of licenses. The license key is a secret and the customer has a record of its own: both are left
 * out. [REC-2]
 */

/** An event about a license itself. */
export function licenseEvent(kind: EventKind, { id }: License, data: JsonObject): SeatEvent {
  return { kind, licenseId: id, featureId: LICENSE_POOL, data };
}

/** A license without its secrets, in one level of fields. */
export function shownLicense({ details, issued, ...license }: License): JsonObject {
  const { key: _secret, customer: _customer, ...shown } = details;
  return { ...license, ...shown, ...issued } as unknown as JsonObject;
}

/** The fields in which two states of a license differ. */
export function licenseDifference(before: License, after: License): { before: JsonObject; after: JsonObject } {
  const [earlier, later] = [shownLicense(before), shownLicense(after)];
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(later)])];
  const changed = names.filter((name) => JSON.stringify(earlier[name]) !== JSON.stringify(later[name]));
  return { before: pick(earlier, changed), after: pick(later, changed) };
}

function pick(values: JsonObject, names: readonly string[]): JsonObject {
  const given = names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name] as Json] as const]));
  return Object.fromEntries(given);
}
