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
import { eventField } from "../consumption-event.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, toCaller } from "../fields.ts";
import { COMPANY, Company } from "../license-object.ts";
import { deviceCodes, licenseConsumptionCodes } from "../refusals.ts";

export function addConsumption(context: LicenseApiContext) {
  return defineRoute({
    name: "addConsumption",
    summary: "Add to the consumption of the license",
    section: "Consumption",
    methods: ["POST"],
    paths: ["/api/v4/add_consumption"],
    input: Type.Object({ ...consumptionFields, ...callerFields, ...eventField }),
    reply: Type.Object({
      id: Type.Integer({ description: "the license's" }),
      ...LicenseConsumptionFields,
      company: Company,
    }),
    refuses: [...deviceCodes, "license_expired", ...licenseConsumptionCodes],
    access: { role: "application" },
    changes: true,
    async handle(input, request) {
      const { hardware_id: hardwareId } = input;
      const wish = toConsumption({ ...input, user: hardwareId }, ["license", hardwareId], idempotencyKey(request));
      const outcome = await consumeLicense(context, toCaller(input), wish);
      if (isRefusal(outcome)) return outcome;
      return { id: outcome.licenseId, ...consumptionToWire(outcome.terms, outcome.counter), company: COMPANY };
    },
  });
}
