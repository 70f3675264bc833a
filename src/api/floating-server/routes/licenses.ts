// GET /api/v4/licenses
// SPEC: WIRE-8
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { showLicenses } from "../../../use-cases/show-license.ts";
import { OptionalName } from "../../../wire/fields.ts";
import { LicenseObject, licenseToWire } from "../../../wire/license-object.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";

export function listLicenses(context: FloatingServerContext) {
  return defineRoute({
    name: "licenses",
    summary: "All licenses, or those of one product",
    section: "Licenses",
    methods: ["GET"],
    paths: ["/api/v4/licenses"],
    input: Type.Object({ product: OptionalName("only this product's") }),
    reply: Type.Array(LicenseObject),
    refuses: ["unknown_product"],
    access: { role: "user" },
    changes: false,
    async handle(input) {
      const shown = await showLicenses(context.store, input.product ?? undefined);
      if (isRefusal(shown)) return shown;
      return shown.map(({ license, usage }) => licenseToWire(license, usage, { isAdmin: false }));
    },
  });
}
