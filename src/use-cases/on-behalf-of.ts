import type { Change, Decision, Scope, View } from "../domain/decision.ts";
import { unchanged } from "../domain/decision.ts";
import type { Instant } from "../domain/instant.ts";
import type { JsonObject } from "../domain/json.ts";
import { type Refusal, refuse } from "../domain/outcome.ts";
import type { AnyRecordRef, RecordRef } from "../domain/records.ts";
import type { Store } from "../store/store.ts";

/** Who asks for a change, and under which conditions. */
export interface Asking {
  /** Who: `{ admin, … }` or `{ token, … }`, as events show it. */
  readonly actor: JsonObject;
  /** Looked at in the commit itself, so that nothing comes in between. */
  readonly precondition?: Precondition | undefined;
  /** Under which key something is made at most once. */
  readonly once?: { readonly key: string; readonly fingerprint: string } | undefined;
}

export interface Precondition {
  /** What has to be as it was seen; looked at where the decision looks at it. */
  readonly of: AnyRecordRef | "license" | "device";
  isMet(seen: object): boolean;
}

/** `stale`: it is not as it was seen. `made_already`: under this key; `about` is the id. `key_reused` for another wish. */
export type AskingRefusal = Refusal<"stale" | "made_already" | "key_reused">;

/**
 * The store as one asker changes it: every event tells who it was, and the conditions hold in the commit of the change.
 * What a condition refuses is refused in the place of the decision's outcome. [MANAGE-5] [MANAGE-6] [ADMIN-6]
 */
export function onBehalfOf(store: Store, { actor, precondition, once }: Asking): Store {
  const transact: Store["transact"] = (scope, decide) => {
    const keyRef = once && ({ kind: "made_once", field: "key", value: once.key } as const);
    const seen: Scope = keyRef === undefined ? scope : { ...scope, records: [...(scope.records ?? []), keyRef] };
    return store.transact(seen, (view) => {
      const refusal = refuseStale(scope, view, precondition) ?? (keyRef && refuseAgain(view, keyRef, once));
      if (refusal !== undefined) return unchanged(refusal as never);
      return signed(once === undefined ? decide(view) : withKey(decide(view), view, once), actor);
    });
  };
  return {
    transact,
    licenses: () => store.licenses(),
    findLicenses: (names) => store.findLicenses(names),
    usage: (licenseId) => store.usage(licenseId),
    seats: (licenseId) => store.seats(licenseId),
    seatsAsTold: (licenseId) => store.seatsAsTold(licenseId),
    seatsOf: (licenseId, holder) => store.seatsOf(licenseId, holder),
    devices: (of) => store.devices(of),
    findRecord: (ref) => store.findRecord(ref),
    records: (kind, where) => store.records(kind, where),
    events: (afterId, limit, filter) => store.events(afterId, limit, filter),
    usagePosition: () => store.usagePosition(),
    usageSpans: (of) => store.usageSpans(of),
    verifyEvents: () => store.verifyEvents(),
    fact: (name, make) => store.fact(name, make),
    sweep: () => store.sweep(),
    close: () => store.close(),
  };
}

function signed<Outcome>(decision: Decision<Outcome>, actor: JsonObject): Decision<Outcome> {
  const events = decision.events.map((event) => ({ ...event, data: { ...event.data, actor } }));
  return { ...decision, events };
}

function refuseStale(scope: Scope, view: View, precondition: Precondition | undefined): AskingRefusal | undefined {
  if (precondition === undefined) return undefined;
  const { of } = precondition;
  const seen = of === "license" || of === "device" ? view[of] : findSeen(scope, view, of);
  return seen === undefined || precondition.isMet(seen) ? undefined : refuse("stale");
}

function refuseAgain(
  view: View,
  ref: RecordRef<"made_once">,
  { fingerprint }: { readonly fingerprint: string },
): AskingRefusal | undefined {
  const made = view.records.get(ref);
  if (made === undefined) return undefined;
  return made.fingerprint === fingerprint ? refuse("made_already", String(made.madeId)) : refuse("key_reused");
}

function withKey<Outcome>(
  decision: Decision<Outcome>,
  { now, nextIds }: View,
  { key, fingerprint }: { readonly key: string; readonly fingerprint: string },
): Decision<Outcome> {
  const made = whatIsMade(decision.changes);
  if (made === undefined) return decision;
  const record = { id: nextIds.made_once, key, fingerprint, at: now as Instant, ...made };
  return { ...decision, changes: [...decision.changes, { change: "put_record", kind: "made_once", record }] };
}

function whatIsMade(changes: readonly Change[]) {
  for (const change of changes) {
    if (change.change === "put_license") return { kind: "license", madeId: change.license.id } as const;
    if (change.change === "put_record") return { kind: change.kind, madeId: change.record.id };
  }
  return undefined;
}

/** A request may name a record otherwise than the decision does: by its code, for one, and not by its id. */
function findSeen({ records = [] }: Scope, view: View, { kind, field, value }: AnyRecordRef): object | undefined {
  return records
    .filter((ref) => ref.kind === kind)
    .flatMap((ref) => view.records.all(ref as RecordRef<"product">) as readonly object[])
    .find((record) => (record as Readonly<Record<string, unknown>>)[field] === value);
}
