import { decideRemoval } from "../../../domain/change-record.ts";
import type { Customer } from "../../../domain/customer.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Removes a customer. @returns it; `is_in_use` while licenses, orders or license users are the customer's */
export function deleteCustomer(
  { store }: VendorContext,
  customerId: number,
): Promise<Customer | Refusal<VendorRefusalCode>> {
  const ref = { kind: "customer", field: "id", value: customerId } as const;
  const orders = { kind: "order", field: "customerId", value: customerId } as const;
  const users = { kind: "user", field: "customerId", value: customerId } as const;
  return store.transact({ licenses: [{ customerId }], records: [ref, orders, users] }, (view) => {
    const [order, user] = [view.records.get(orders), view.records.get(users)];
    const usedBy = [
      ...(view.licenses.length > 0 ? [`${view.licenses.length} licenses`] : []),
      ...(order === undefined ? [] : [`order ${order.storeId}`]),
      ...(user === undefined ? [] : [`user ${user.username}`]),
    ];
    return decideRemoval(view, "customer", ref, usedBy[0]);
  });
}
