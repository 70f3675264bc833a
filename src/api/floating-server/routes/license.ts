// GET /api/v4/license
// SPEC: WIRE-8
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { showLicense } from "../../../use-cases/show-license.ts";
import { OptionalCount, OptionalName, toInteger } from "../../../wire/fields.ts";
import { LicenseObject, licenseToWire } from "../../../wire/license-object.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";

export function showOneLicense(context: FloatingServerContext) {
  return defineRoute({
    name: "license",
    summary: "One license, whatever its state",
    section: "Licenses",
    methods: ["GET"],
    paths: ["/api/v4/license"],
    input: Type.Object({
      product: OptionalName("product code; may be left out where license_id is given"),
      license_id: OptionalCount("which license; left out: the product's that was added last"),
    }),
    reply: LicenseObject,
    refuses: ["unknown_product", "license_not_found"],
    access: { role: "user" },
    changes: false,
    async handle(input) {
      const licenseId = toInteger(input.license_id);
      if (input.product === undefined && licenseId === undefined) {
        throw new RequestRefusal("missing_parameters", "product");
      }
      const shown = await showLicense(context.store, { product: input.product ?? undefined, licenseId });
      return isRefusal(shown) ? shown : licenseToWire(shown.license, shown.usage, { isAdmin: false });
    },
  });
}
