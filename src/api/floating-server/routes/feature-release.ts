// POST /api/v4/featureRelease, POST /api/v4/feature_release
// SPEC: REL-1
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { releaseFeature } from "../../../use-cases/release.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { featureField, holderFields, licenseFields, toLicenseRef } from "../fields.ts";
import { featureCodes, licenseCodes } from "../refusals.ts";

export function featureRelease(context: FloatingServerContext) {
  return defineRoute({
    name: "featureRelease",
    summary: "Release a user's seat of a feature",
    section: "Seats of features",
    methods: ["POST"],
    paths: ["/api/v4/featureRelease", "/api/v4/feature_release"],
    input: Type.Object({ ...licenseFields, ...featureField, ...holderFields }),
    reply: Type.Literal("feature_released"),
    refuses: [...licenseCodes, ...featureCodes, "floating_feature_device_not_in_use"],
    access: { role: "user" },
    changes: true,
    async handle(input) {
      const outcome = await releaseFeature(
        context,
        { license: toLicenseRef(input), holder: input.user },
        input.feature,
      );
      return isRefusal(outcome) ? outcome : "feature_released";
    },
  });
}
