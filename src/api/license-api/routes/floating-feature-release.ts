// POST /api/v4/floating/feature_release
// SPEC: REL-1, LIC-5
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { releaseFeature } from "../../../use-cases/release.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, featureField, toCaller } from "../fields.ts";
import { deviceCodes } from "../refusals.ts";

export function floatingFeatureRelease(context: LicenseApiContext) {
  return defineRoute({
    name: "floatingFeatureRelease",
    summary: "Release a floating feature which the device is holding",
    section: "Seats of features",
    methods: ["POST"],
    paths: ["/api/v4/floating/feature_release"],
    input: Type.Object({ ...callerFields, ...featureField }),
    reply: Type.Literal(""),
    refuses: [
      ...deviceCodes,
      "invalid_license_feature_code",
      "feature_not_floating",
      "floating_feature_device_not_in_use",
    ],
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const outcome = await releaseFeature(context, toCaller(input), input.feature);
      return isRefusal(outcome) ? outcome : "";
    },
  });
}
