import type { View } from "../../../domain/decision.ts";
import { type Refusal, refuse } from "../../../domain/outcome.ts";
import type { RecordRef } from "../../../domain/records.ts";

/*
 * Which products an API key or an OAuth client may ask about: their codes, or null for all.
 */

/** What a decision about an allow-list has to see. */
export function allowListRefs(products: readonly string[] | null | undefined): readonly RecordRef<"product">[] {
  return (products ?? []).map((code) => ({ kind: "product", field: "code", value: code }));
}

/** Every product of a list must exist: a code that is made later would let in what nobody meant. */
export function refuseAllowList(
  { records }: View,
  products: readonly string[] | null | undefined,
): Refusal<"does_not_exist"> | undefined {
  const unknown = allowListRefs(products).find((ref) => records.get(ref) === undefined);
  return unknown && refuse("does_not_exist", `products: product ${unknown.value}`);
}
