import { decideCreation } from "../../../domain/change-record.ts";
import type { Customer } from "../../../domain/customer.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";

export type NewCustomer = Partial<Omit<Customer, "id">>;

/** Makes a customer. What is not known of it is empty. */
export async function createCustomer(
  { store }: VendorContext,
  customer: NewCustomer,
): Promise<Customer | Refusal<VendorRefusalCode>> {
  const problem = findMetadataProblem(customer.metadata);
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
      ...customer,
      id,
    })),
  );
}
