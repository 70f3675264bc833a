// POST /api/v4/change_password
// SPEC: SEC-3
import Type from "typebox";
import { changePassword as change } from "../../../use-cases/vendor/people/change-password.ts";
import { Name } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import { type CallerOf, productsOf } from "../caller.ts";
import type { LicenseApiContext } from "../context.ts";
import { PasswordText } from "../fields.ts";

export function changePassword(context: LicenseApiContext, callerOf: CallerOf) {
  return defineRoute({
    name: "changePassword",
    summary: "Give a license user the password that the user has chosen",
    section: "Users",
    methods: ["POST"],
    paths: ["/api/v4/change_password"],
    input: Type.Object({
      username: Name("user name"),
      password: PasswordText("the password until now"),
      new_password: PasswordText("the password from now on; another one, and not empty"),
    }),
    reply: Type.Literal("password_changed"),
    refuses: ["invalid_credentials", "change_password_not_allowed"],
    access: { role: "application" },
    changes: true,
    async handle({ username, password, new_password: newPassword }, request) {
      const products = productsOf(callerOf, request);
      const outcome = await change(context, { username, password, newPassword, products });
      return outcome === "changed" ? "password_changed" : outcome;
    },
  });
}
