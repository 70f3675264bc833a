import type { Customer } from "../../../domain/customer.ts";
import { findShownProblem } from "../../../domain/text-problem.ts";
import { findMetadataProblem } from "../metadata.ts";

const SHOWN = [
  "email",
  "companyName",
  "firstName",
  "lastName",
  "phone",
  "address",
  "city",
  "country",
  "postcode",
  "state",
  "reference",
  "accountCode",
] as const;

/** The field of a customer that cannot be, with what it must be. */
export function findCustomerProblem(customer: Partial<Customer>): string | undefined {
  return findShownProblem(customer, SHOWN) ?? findMetadataProblem(customer.metadata);
}
