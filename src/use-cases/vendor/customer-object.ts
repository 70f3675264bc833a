import type { Customer } from "../../domain/customer.ts";
import type { JsonObject } from "../../domain/json.ts";

/** A customer as license objects show it; of nobody the object is empty. */
export function customerToWire(customer: Customer | undefined): JsonObject {
  if (customer === undefined) return {};
  const { id, email, phone, address, city, country, postcode, state, reference } = customer;
  return {
    id,
    email,
    company_name: customer.companyName,
    first_name: customer.firstName,
    last_name: customer.lastName,
    phone,
    address,
    city,
    country,
    postcode,
    state,
    reference,
  };
}
