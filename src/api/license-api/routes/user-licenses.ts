// GET /api/v4/user_licenses
// SPEC: SEC-2
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { listUserLicenses } from "../../../use-cases/vendor/people/list-user-licenses.ts";
import { Name } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { PasswordText } from "../fields.ts";
import { CloudLicenseObject, cloudLicenseToWire, UserObject, userToWire } from "../license-object.ts";

export function userLicenses(context: LicenseApiContext) {
  return defineRoute({
    name: "userLicenses",
    summary: "List the licenses of a product that a user may activate",
    section: "Users",
    methods: ["GET"],
    paths: ["/api/v4/user_licenses"],
    input: Type.Object({
      product: Name("product code"),
      username: Name("user name"),
      password: PasswordText("the user's password"),
    }),
    reply: Type.Array(Type.Object({ license: CloudLicenseObject, user: UserObject })),
    refuses: ["unknown_product", "invalid_credentials"],
    access: { role: "application" },
    changes: false,
    async handle({ product, username, password }) {
      const listed = await listUserLicenses(context, { product, username, password });
      if (isRefusal(listed)) return listed;
      return listed.map(({ license, usage, user, activations }) => ({
        license: cloudLicenseToWire(license, usage),
        user: userToWire(license, user, activations),
      }));
    },
  });
}
