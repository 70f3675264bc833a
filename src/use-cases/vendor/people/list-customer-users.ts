import type { Customer, LicenseUser } from "../../../domain/customer.ts";
import { type Refusal, refuse } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

export interface CustomerUsers {
  readonly customer: Customer;
  readonly users: readonly LicenseUser[];
}

/**
 * Who is assigned to a customer's licenses of a product, in the order they were made.
 *
 * @param named the customer's id or e-mail address; of several customers with one address the first is meant
 * @param products codes of the products that the caller may ask about; null is all. Who may not ask about all of them is
 *   told of customers of this product only: ids can be counted through
 */
export async function listCustomerUsers(
  { store }: VendorContext,
  productCode: string,
  named: string,
  products: readonly string[] | null,
): Promise<CustomerUsers | Refusal<"unknown_product" | "invalid_product_auth_method" | "customer_not_found">> {
  const product = await store.findRecord({ kind: "product", field: "code", value: productCode });
  if (product === undefined) return refuse("unknown_product");
  if (product.authorizationMethod !== "user") return refuse("invalid_product_auth_method");
  const isId = /^\d{1,16}$/.test(named);
  const customer = await store.findRecord(
    isId ? { kind: "customer", field: "id", value: Number(named) } : { kind: "customer", field: "email", value: named },
  );
  if (customer === undefined) return refuse("customer_not_found");
  const licenses = await store.findLicenses({ product: productCode, customerId: customer.id });
  if (products !== null && licenses.length === 0) return refuse("customer_not_found");
  const ids = new Set(licenses.flatMap(({ issued }) => issued?.users ?? []).map(({ userId }) => userId));
  const users: LicenseUser[] = [];
  for (const id of [...ids].sort((a, b) => a - b)) {
    const user = await store.findRecord({ kind: "user", field: "id", value: id });
    if (user !== undefined) users.push(user);
  }
  return { customer, users };
}
