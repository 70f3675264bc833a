// GET /api/v4/sso_url
// SPEC: REC-3
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { findAccount } from "../../../use-cases/vendor/people/find-account.ts";
import { Name, OptionalName } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { baseUrl } from "../public-url.ts";

/**
 * Where a customer's people log in with the customer's own identity provider. This server is none, and has no setting
 * for one. It answers addresses below its own public address, `license-api.public-url`, for the vendor to send on to
 * the provider there: `/sso/<account code>` for people, `/sso/<account code>/.well-known/openid-configuration` for
 * programs. There are no alternate ones.
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
    async handle({ product, customer_account_code: code, response_type }, request) {
      const customer = await findAccount(context, product, code);
      if (isRefusal(customer)) return customer;
      const origin = baseUrl(context, request).replace(/\/api\/v4$/, "");
      const account = `${origin}/sso/${encodeURIComponent(code)}`;
      const query = new URLSearchParams({ product, response_type: response_type ?? "code" });
      return {
        url: `${account}?${query}`,
        openid_configuration: `${account}/.well-known/openid-configuration`,
        alternate_urls: [],
      };
    },
  });
}
