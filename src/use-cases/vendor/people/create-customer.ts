import { decideCreation } from "../../../domain/change-record.ts";
import type { Customer } from "../../../domain/customer.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";
import { findCustomerProblem } from "./customer-fields.ts";

export type NewCustomer = Partial<Omit<Customer, "id">>;

/** Makes a customer. What is not known of it is empty. */
export async function createCustomer(
  { store }: VendorContext,
  customer: NewCustomer,
): Promise<Customer | Refusal<VendorRefusalCode>> {
  const problem = findCustomerProblem(customer);
  if (problem !== undefined) return refuse("invalid_field", problem);
  return store.transact({}, (view) =>
    decideCreation(view, "customer", undefined, (id) => ({
      email: "",
      companyName: "",
      firstName: "",
      lastName: "",
      phone: "",
      address: "",
      city: "",
      country: "",
      postcode: "",
      state: "",
      reference: "",
      accountCode: "",
      metadata: {},
      ...withoutUndefined(customer),
      id,
    })),
  );
}
