import { decideRecordChange, withSnapshots } from "../../../domain/change-record.ts";
import type { Order } from "../../../domain/customer.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import type { VendorContext } from "../vendor-context.ts";
import { customerRefs } from "./create-order.ts";

/** What may be changed of an order; what is left out stays. */
export interface OrderPatch {
  readonly storeId?: string | undefined;
  readonly customerId?: number | null | undefined;
}

/** Changes an order, and in the same commit the number that its licenses show. Their customer stays who it was. */
export async function changeOrder(
  { store }: VendorContext,
  orderId: number,
  { storeId, customerId }: OrderPatch,
): Promise<Order | Refusal<VendorRefusalCode>> {
  const problem = storeId === undefined ? undefined : findNameProblem("storeId", storeId);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const ref = { kind: "order", field: "id", value: orderId } as const;
  const namesakes = storeId === undefined ? [] : [{ kind: "order", field: "storeId", value: storeId } as const];
  const records = [ref, ...namesakes, ...customerRefs(customerId)];
  return store.transact({ licenses: [{ orderId }], records }, (view) => {
    const decision = decideRecordChange(view, "order", ref, (order) => {
      if (namesakes.some((namesake) => (view.records.get(namesake)?.id ?? orderId) !== orderId)) {
        return refuse("already_exists", `storeId ${storeId}`);
      }
      if (customerRefs(customerId).some((customer) => !view.records.has(customer))) {
        return refuse("does_not_exist", `customerId: customer ${customerId}`);
      }
      return {
        ...order,
        storeId: storeId ?? order.storeId,
        customerId: customerId === undefined ? order.customerId : customerId,
      };
    });
    const { outcome } = decision;
    if ("refused" in outcome) return decision;
    return withSnapshots(decision, view.licenses, (license) => ({
      ...license,
      details: { ...license.details, orderStoreId: outcome.storeId },
    }));
  });
}
