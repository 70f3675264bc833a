import { type Refusal, refuse } from "../../domain/outcome.ts";
import type { RecordKind, RecordRef, Records } from "../../domain/records.ts";
import type { Store } from "../../store/store.ts";
import { Tagged } from "./bind.ts";

/** The record that a request names, or that there is none. */
export async function findRecord<Kind extends RecordKind>(
  store: Store,
  ref: RecordRef<Kind>,
): Promise<Records[Kind] | Refusal<"does_not_exist">> {
  return (await store.findRecord(ref)) ?? refuse("does_not_exist", `${ref.kind.replaceAll("_", " ")} ${ref.value}`);
}

/** A record as the reply shows it, with its ETag; refusals as they are. */
export function showRecord<R extends object>(
  outcome: R | Refusal<string>,
  toWire: (record: R) => object,
): Tagged | Refusal<string> {
  if ("refused" in outcome) return outcome as Refusal<string>;
  return new Tagged(outcome, toWire(outcome as R));
}
