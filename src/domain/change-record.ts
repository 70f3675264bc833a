import type { Change, Decision, PutRecord, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { EventKind, SeatEvent } from "./event.ts";
import type { Json, JsonObject } from "./json.ts";
import type { License } from "./license.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "./outcome.ts";
import type { RecordKind, RecordRef, Records } from "./records.ts";
import { LICENSE_POOL } from "./seat.ts";

/*
 * Records are made, changed and removed in the same way, whatever they are. [REC-1] [REC-2]
 */

type Outcome<Kind extends RecordKind> = Records[Kind] | Refusal<VendorRefusalCode>;

/** Fields that no event carries, sealed and hashed as they are. */
const SECRET_FIELDS = new Set(["sharedKeys", "secrets", "privateKey", "passwordHash", "tokenHash", "csrfToken"]);

/**
 * Makes a record, unless there is one with the same unique field.
 *
 * @param unique names the record that must not be there; the scope shows it
 * @param make the record, or why it cannot be
 */
export function decideCreation<Kind extends RecordKind>(
  view: View,
  kind: Kind,
  unique: RecordRef<Kind> | undefined,
  make: (id: number) => Outcome<Kind>,
): Decision<Outcome<Kind>> {
  if (unique !== undefined && view.records.get(unique) !== undefined) {
    return unchanged(refuse("already_exists", `${String(unique.field)} ${unique.value}`));
  }
  const record = make(view.nextIds[kind]);
  if ("refused" in record) return unchanged(record);
  return {
    outcome: record,
    changes: [put(kind, record)],
    events: [recordEvent("record_created", kind, record.id, { after: visible(record) })],
  };
}

/** Changes a record that the scope names. @param change the record as it is to be, or why it cannot be so */
export function decideRecordChange<Kind extends RecordKind>(
  view: View,
  kind: Kind,
  ref: RecordRef<Kind>,
  change: (record: Records[Kind]) => Outcome<Kind>,
): Decision<Outcome<Kind>> {
  const before = view.records.get(ref);
  if (before === undefined) return unchanged(missing(ref));
  const after = change(before);
  if ("refused" in after) return unchanged(after);
  if (JSON.stringify(after) === JSON.stringify(before)) return unchanged(before);
  return changed(kind, before, after);
}

/** The change of a record to another state. */
export function changed<Kind extends RecordKind>(
  kind: Kind,
  before: Records[Kind],
  after: Records[Kind],
): Decision<Records[Kind]> {
  return {
    outcome: after,
    changes: [put(kind, after)],
    events: [recordEvent("record_changed", kind, after.id, { before: visible(before), after: visible(after) })],
  };
}

/** Removes a record that the scope names. @param usedBy what still needs it, if anything does */
export function decideRemoval<Kind extends RecordKind>(
  view: View,
  kind: Kind,
  ref: RecordRef<Kind>,
  usedBy?: string,
): Decision<Outcome<Kind>> {
  const record = view.records.get(ref);
  if (record === undefined) return unchanged(missing(ref));
  if (usedBy !== undefined) return unchanged(refuse("is_in_use", usedBy));
  return removal(kind, record);
}

/** The removal of a record that nothing needs. */
export function removal<Kind extends RecordKind>(kind: Kind, record: Records[Kind]): Decision<Records[Kind]> {
  return {
    outcome: record,
    changes: [{ change: "remove_record", kind, id: record.id }],
    events: [recordEvent("record_deleted", kind, record.id, { before: visible(record) })],
  };
}

/**
 * Puts what licenses carry of a record right in the commit that changes it, so that no license tells of what is no more.
 *
 * @param licenses those that may carry it @param refresh the license as it is to be
 */
export function withSnapshots<Of>(
  decision: Decision<Of>,
  licenses: readonly License[],
  refresh: (license: License) => License,
): Decision<Of> {
  if (decision.changes.length === 0) return decision;
  const changes = licenses.flatMap((license): readonly Change[] => {
    const after = refresh(license);
    return JSON.stringify(after) === JSON.stringify(license) ? [] : [{ change: "put_license", license: after }];
  });
  if (changes.length === 0) return decision;
  const [event, ...others] = decision.events;
  const told = event && { ...event, data: { ...event.data, licenses: changes.length } };
  return { ...decision, changes: [...decision.changes, ...changes], events: told ? [told, ...others] : [] };
}

function missing<Kind extends RecordKind>({ kind, field, value }: RecordRef<Kind>): Refusal<VendorRefusalCode> {
  return refuse("does_not_exist", `${kind} with ${String(field)} ${value}`);
}

function put<Kind extends RecordKind>(kind: Kind, record: Records[Kind]): Change {
  return { change: "put_record", kind, record } as unknown as PutRecord;
}

function recordEvent(kind: EventKind, record: RecordKind, id: number, data: JsonObject): SeatEvent {
  return { kind, licenseId: 0, featureId: LICENSE_POOL, data: { record, id, ...data } };
}

function visible(record: object): JsonObject {
  const shown = Object.entries(record).map(([name, value]) => [name, SECRET_FIELDS.has(name) ? "(secret)" : value]);
  return Object.fromEntries(shown) as { readonly [name: string]: Json };
}
