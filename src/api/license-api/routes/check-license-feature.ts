// GET /api/v4/check_license_feature
// SPEC: SEAT-8
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { checkFeature } from "../../../use-cases/check-out.ts";
import { OptionalBoolean, toBoolean } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { CloudFeatureObject, cloudFeatureToWire } from "../feature-object.ts";
import { callerFields, featureField, toCheck } from "../fields.ts";
import { deviceCodes } from "../refusals.ts";

const Reply = Type.Object({
  ...CloudFeatureObject.properties,
  metadata_string: Type.Optional(Type.String({ description: "`metadata` as a JSON text, where asked for" })),
});

export function checkLicenseFeature(context: LicenseApiContext) {
  return defineRoute({
    name: "checkLicenseFeature",
    summary: "Check a feature; one that floats is taken, or renewed, for its timeout",
    section: "Seats of features",
    methods: ["GET"],
    paths: ["/api/v4/check_license_feature"],
    input: Type.Object({
      ...callerFields,
      ...featureField,
      include_metadata_string: OptionalBoolean("whether to give `metadata` as a text as well"),
    }),
    reply: Reply,
    refuses: [...deviceCodes, "license_expired", "invalid_license_feature_code", "floating_not_available"],
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const outcome = await checkFeature(context, input.feature, toCheck(input));
      if (isRefusal(outcome) || outcome.feature === null) return outcome;
      const { license, feature, seat, inUse, counter } = outcome;
      const object = cloudFeatureToWire(feature, {
        now: seat?.heardAt ?? context.clock.wall(),
        licenseId: license.id,
        inUse,
        seat,
        counter,
      });
      return toBoolean(input.include_metadata_string)
        ? { ...object, metadata_string: JSON.stringify(object.metadata) }
        : object;
    },
  });
}
