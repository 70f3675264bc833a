// GET /api/v4/customer_license_users
// SPEC: REC-3
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { customerToWire } from "../../../use-cases/vendor/customer-object.ts";
import { listCustomerUsers } from "../../../use-cases/vendor/people/list-customer-users.ts";
import { Name } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import { type CallerOf, productsOf } from "../caller.ts";
import type { LicenseApiContext } from "../context.ts";
import { COMPANY, Company, PersonObject, personToWire } from "../license-object.ts";

export function customerLicenseUsers(context: LicenseApiContext, callerOf: CallerOf) {
  return defineRoute({
    name: "customerLicenseUsers",
    summary: "List the users of a customer's licenses of a product",
    section: "Users",
    methods: ["GET"],
    paths: ["/api/v4/customer_license_users"],
    input: Type.Object({
      product: Name("product code; of a user-based product"),
      customer: Name("the customer's e-mail address or id"),
    }),
    reply: Type.Object({
      company: Company,
      customer: Type.Record(Type.String(), Type.Unknown()),
      users: Type.Array(PersonObject),
    }),
    refuses: ["unknown_product", "invalid_product_auth_method", "customer_not_found"],
    access: { role: "application" },
    changes: false,
    async handle({ product, customer: named }, request) {
      const found = await listCustomerUsers(context, product, named, productsOf(callerOf, request));
      if (isRefusal(found)) return found;
      return { company: COMPANY, customer: customerToWire(found.customer), users: found.users.map(personToWire) };
    },
  });
}
