// GET or POST /api/v4/featureRelease/all, /api/v4/feature_release/all
// SPEC: REL-3
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { releaseAllFeatures } from "../../../use-cases/release-all.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { filterFields, toReleaseFilter } from "../fields.ts";

export function featureReleaseAll(context: FloatingServerContext) {
  return defineRoute({
    name: "featureReleaseAll",
    summary: "Release every user of every feature of every license, or of those that the filters choose",
    section: "Seats of features",
    methods: ["GET", "POST"],
    paths: ["/api/v4/featureRelease/all", "/api/v4/feature_release/all"],
    input: Type.Object(filterFields),
    takesQuery: true,
    reply: Type.Literal(""),
    refuses: ["unknown_product", "license_not_found", "invalid_license_feature_code"],
    access: { role: "admin" },
    changes: true,
    async handle(input) {
      const outcome = await releaseAllFeatures(context, toReleaseFilter(input));
      return isRefusal(outcome) ? outcome : "";
    },
  });
}
