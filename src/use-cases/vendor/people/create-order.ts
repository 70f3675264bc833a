import { decideCreation } from "../../../domain/change-record.ts";
import type { Order } from "../../../domain/customer.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { RecordRef } from "../../../domain/records.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import type { VendorContext } from "../vendor-context.ts";

export interface NewOrder {
  /** The shop's number, unique. */
  readonly storeId: string;
  readonly customerId?: number | null | undefined;
}

/** Makes an order, which licenses are then issued for. */
export async function createOrder(
  { store }: VendorContext,
  { storeId, customerId = null }: NewOrder,
): Promise<Order | Refusal<VendorRefusalCode>> {
  const problem = findNameProblem("storeId", storeId);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const ref = { kind: "order", field: "storeId", value: storeId } as const;
  return store.transact({ records: [ref, ...customerRefs(customerId)] }, (view) =>
    decideCreation(view, "order", ref, (id) =>
      customerRefs(customerId).some((customer) => !view.records.has(customer))
        ? refuse("does_not_exist", `customerId: customer ${customerId}`)
        : { id, storeId, customerId, createdAt: view.now },
    ),
  );
}

/** What a decision has to see of a customer that may be left out. */
export function customerRefs(customerId: number | null | undefined): readonly RecordRef<"customer">[] {
  return typeof customerId === "number" ? [{ kind: "customer", field: "id", value: customerId }] : [];
}
