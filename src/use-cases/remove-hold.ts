import { decideRemoval } from "../domain/change-record.ts";
import type { Hold } from "../domain/hold.ts";
import type { Refusal, VendorRefusalCode } from "../domain/outcome.ts";
import type { Store } from "../store/store.ts";

/** Lets a holder take a seat again before the hold ends. [HOLD-1] */
export function removeHold(store: Store, id: number): Promise<Hold | Refusal<VendorRefusalCode>> {
  const ref = { kind: "hold", field: "id", value: id } as const;
  return store.transact({ records: [ref] }, (view) => decideRemoval(view, "hold", ref));
}
