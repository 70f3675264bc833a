import type { Customer } from "../../../domain/customer.ts";
import { type Refusal, refuse } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/** The customer whose account with an identity provider has that code. A customer without an account has none. */
export async function findAccount(
  { store }: VendorContext,
  productCode: string,
  accountCode: string,
): Promise<Customer | Refusal<"unknown_product" | "customer_account_not_found">> {
  const product = await store.findRecord({ kind: "product", field: "code", value: productCode });
  if (product === undefined) return refuse("unknown_product");
  const customer =
    accountCode === ""
      ? undefined
      : await store.findRecord({ kind: "customer", field: "accountCode", value: accountCode });
  return customer ?? refuse("customer_account_not_found");
}
