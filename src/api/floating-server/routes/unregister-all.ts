// GET or POST /api/v4/unregister/all
// SPEC: REL-4
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { releaseAllLicenseSeats } from "../../../use-cases/release-all.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { filterFields, toReleaseFilter } from "../fields.ts";

export function unregisterAll(context: FloatingServerContext) {
  return defineRoute({
    name: "unregisterAll",
    summary: "Release all license seats and the feature seats of their users, or those that the filters choose",
    section: "Seats of licenses",
    methods: ["GET", "POST"],
    paths: ["/api/v4/unregister/all"],
    input: Type.Object(filterFields),
    takesQuery: true,
    reply: Type.Literal(""),
    refuses: ["unknown_product", "license_not_found", "invalid_license_feature_code"],
    access: { role: "admin" },
    changes: true,
    async handle(input) {
      const outcome = await releaseAllLicenseSeats(context, toReleaseFilter(input));
      return isRefusal(outcome) ? outcome : "";
    },
  });
}
