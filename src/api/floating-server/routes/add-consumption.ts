// POST /api/v4/add_consumption
// SPEC: CONS-1 to CONS-6
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { consumeLicense } from "../../../use-cases/consume.ts";
import { consumptionFields, toConsumption } from "../../../wire/consumption-request.ts";
import { consumptionToWire } from "../../../wire/feature-object.ts";
import { LicenseConsumptionFields } from "../../../wire/license-object.ts";
import { idempotencyKey } from "../../http/idempotency-key.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { licenseFields, toLicenseRef } from "../fields.ts";
import { licenseCodes } from "../refusals.ts";

export function addConsumption(context: FloatingServerContext) {
  return defineRoute({
    name: "addConsumption",
    summary: "Add to the consumption of a license",
    section: "Consumption",
    methods: ["POST"],
    paths: ["/api/v4/add_consumption"],
    input: Type.Object({ ...licenseFields, ...consumptionFields }),
    reply: Type.Object({ id: Type.Integer({ description: "the license's" }), ...LicenseConsumptionFields }),
    refuses: [
      ...licenseCodes,
      "license_not_consumption",
      "license_not_enough_consumptions",
      "negative_consumptions_not_allowed",
    ],
    access: { role: "user" },
    changes: true,
    async handle(input, request) {
      const wish = toConsumption(input, "license", idempotencyKey(request));
      const outcome = await consumeLicense(context, { license: toLicenseRef(input) }, wish);
      if (isRefusal(outcome)) return outcome;
      return { id: outcome.licenseId, ...consumptionToWire(outcome.terms, outcome.counter) };
    },
  });
}
