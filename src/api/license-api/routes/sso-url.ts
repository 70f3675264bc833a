// GET /api/v4/sso_url
// SPEC: REC-3
import Type from "typebox";
import { isRefusal, refuse } from "../../../domain/outcome.ts";
import { findAccount } from "../../../use-cases/vendor/people/find-account.ts";
import { Name, OptionalName } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";

/**
 * Where a customer's people log in with the vendor's identity provider, which the settings `license-api.sso-login-url`
 * and `license-api.sso-issuer` name. Without them no customer has an account.
 */
export function ssoUrl(context: LicenseApiContext) {
  return defineRoute({
    name: "ssoUrl",
    summary: "Where people of a customer's account log in",
    section: "Users",
    methods: ["GET"],
    paths: ["/api/v4/sso_url"],
    input: Type.Object({
      product: Name("product code"),
      customer_account_code: Name("names the customer's account"),
      response_type: OptionalName("what the log-in gives to the application; left out: `code`"),
    }),
    reply: Type.Object({
      url: Type.String(),
      openid_configuration: Type.String(),
      alternate_urls: Type.Array(Type.String()),
    }),
    refuses: ["unknown_product", "customer_account_not_found"],
    access: { role: "application" },
    changes: false,
    async handle({ product, customer_account_code: code, response_type }) {
      const customer = await findAccount(context, product, code);
      if (isRefusal(customer)) return customer;
      if (context.sso === undefined) return refuse("customer_account_not_found");
      const url = new URL(ofAccount(context.sso.loginUrl, code));
      url.searchParams.set("product", product);
      url.searchParams.set("response_type", response_type ?? "code");
      return {
        url: url.href,
        openid_configuration: `${ofAccount(context.sso.issuer, code)}/.well-known/openid-configuration`,
        alternate_urls: [],
      };
    },
  });
}

function ofAccount(address: string, code: string): string {
  return address.replaceAll("<account>", encodeURIComponent(code));
}
