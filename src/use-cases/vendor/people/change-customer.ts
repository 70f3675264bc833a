import { decideRecordChange, withSnapshots } from "../../../domain/change-record.ts";
import type { Customer } from "../../../domain/customer.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { customerToWire } from "../customer-object.ts";
import type { VendorContext } from "../vendor-context.ts";
import type { NewCustomer } from "./create-customer.ts";
import { findCustomerProblem } from "./customer-fields.ts";

/** Changes a customer, and in the same commit what its licenses show of it. What is left out stays. */
export async function changeCustomer(
  { store }: VendorContext,
  customerId: number,
  patch: NewCustomer,
): Promise<Customer | Refusal<VendorRefusalCode>> {
  const problem = findCustomerProblem(patch);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const ref = { kind: "customer", field: "id", value: customerId } as const;
  return store.transact({ licenses: [{ customerId }], records: [ref] }, (view) => {
    const decision = decideRecordChange(view, "customer", ref, (known) => {
      const { id } = known;
      return { ...known, ...withoutUndefined(patch), id };
    });
    const { outcome } = decision;
    if ("refused" in outcome) return decision;
    const customer = customerToWire(outcome);
    return withSnapshots(decision, view.licenses, (license) => ({
      ...license,
      details: { ...license.details, customer },
    }));
  });
}
