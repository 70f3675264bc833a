// POST /api/v4/add_feature_consumption
// SPEC: CONS-1 to CONS-6
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { consumeFeature } from "../../../use-cases/consume.ts";
import { consumptionFields, toConsumption } from "../../../wire/consumption-request.ts";
import { idempotencyKey } from "../../http/idempotency-key.ts";
import { defineRoute } from "../../http/route.ts";
import { eventField } from "../consumption-event.ts";
import type { LicenseApiContext } from "../context.ts";
import { CloudFeatureObject, cloudFeatureToWire } from "../feature-object.ts";
import { callerFields, featureField, toCaller } from "../fields.ts";
import { deviceCodes, featureConsumptionCodes } from "../refusals.ts";

export function addFeatureConsumption(context: LicenseApiContext) {
  return defineRoute({
    name: "addFeatureConsumption",
    summary: "Add to the consumption of a feature",
    section: "Consumption",
    methods: ["POST"],
    paths: ["/api/v4/add_feature_consumption"],
    input: Type.Object({ ...consumptionFields, ...callerFields, ...featureField, ...eventField }),
    reply: Type.Object({ ...CloudFeatureObject.properties, max_consumptions: Type.Integer() }),
    refuses: [...deviceCodes, "license_expired", ...featureConsumptionCodes],
    access: { role: "application" },
    changes: true,
    async handle(input, request) {
      const { hardware_id: hardwareId } = input;
      const target = ["feature", input.feature, hardwareId];
      const wish = toConsumption({ ...input, user: hardwareId }, target, idempotencyKey(request));
      const outcome = await consumeFeature(context, toCaller(input), input.feature, wish);
      if (isRefusal(outcome) || outcome.feature === null) return outcome;
      const { licenseId, feature, counter, terms, inUse, at } = outcome;
      const object = cloudFeatureToWire(feature, { now: at, licenseId, inUse, counter });
      return { ...object, max_consumptions: terms.max };
    },
  });
}
