// POST /api/v4/add_feature_consumption
// SPEC: CONS-1 to CONS-6
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { consumeFeature } from "../../../use-cases/consume.ts";
import { consumptionFields, toConsumption } from "../../../wire/consumption-request.ts";
import { FeatureObject, featureToWire } from "../../../wire/feature-object.ts";
import { idempotencyKey } from "../../http/idempotency-key.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { featureField, licenseFields, toLicenseRef } from "../fields.ts";
import { licenseCodes } from "../refusals.ts";

const FeatureConsumptionReply = Type.Object({ ...FeatureObject.properties, max_consumptions: Type.Integer() });

export function addFeatureConsumption(context: FloatingServerContext) {
  return defineRoute({
    name: "addFeatureConsumption",
    summary: "Add to the consumption of a feature",
    section: "Consumption",
    methods: ["POST"],
    paths: ["/api/v4/add_feature_consumption"],
    input: Type.Object({ ...licenseFields, ...featureField, ...consumptionFields }),
    reply: FeatureConsumptionReply,
    refuses: [
      ...licenseCodes,
      "invalid_license_feature_code",
      "unsupported_product_feature",
      "feature_not_enough_consumptions",
      "negative_consumptions_not_allowed",
    ],
    access: { role: "user" },
    changes: true,
    async handle(input, request) {
      const wish = toConsumption(input, `feature ${input.feature}`, idempotencyKey(request));
      const outcome = await consumeFeature(context, { license: toLicenseRef(input) }, input.feature, wish);
      if (isRefusal(outcome) || outcome.feature === null) return outcome;
      const { licenseId, feature, counter, terms, inUse, at } = outcome;
      const object = featureToWire(feature, { now: at, licenseId, inUse, counter });
      return { ...object, max_consumptions: terms.max };
    },
  });
}
