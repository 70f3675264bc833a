import { decideRemoval } from "../../../domain/change-record.ts";
import type { Order } from "../../../domain/customer.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Removes an order. @returns it; `is_in_use` while there are licenses that were issued for it */
export function deleteOrder({ store }: VendorContext, orderId: number): Promise<Order | Refusal<VendorRefusalCode>> {
  const ref = { kind: "order", field: "id", value: orderId } as const;
  return store.transact({ licenses: [{ orderId }], records: [ref] }, (view) => {
    const { length } = view.licenses;
    return decideRemoval(view, "order", ref, length > 0 ? `${length} licenses` : undefined);
  });
}
