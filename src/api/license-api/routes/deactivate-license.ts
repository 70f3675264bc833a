// POST /api/v4/deactivate_license
// SPEC: DEV-4
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { deactivateDevice } from "../../../use-cases/vendor/devices/deactivate-device.ts";
import { OptionalInteger, toInteger } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, toCaller } from "../fields.ts";
import { deviceCodes, licenseConsumptionCodes } from "../refusals.ts";

export function deactivateLicense(context: LicenseApiContext) {
  return defineRoute({
    name: "deactivateLicense",
    summary: "Take the device off its license, with all its seats",
    section: "Activation",
    methods: ["POST"],
    paths: ["/api/v4/deactivate_license"],
    input: Type.Object({
      ...callerFields,
      consumptions: OptionalInteger("what the device has used and not reported yet; added first"),
    }),
    reply: Type.Literal("license_deactivated"),
    refuses: [...deviceCodes, ...licenseConsumptionCodes],
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const { license } = toCaller(input);
      const outcome = await deactivateDevice(context, license, input.hardware_id, toInteger(input.consumptions));
      return isRefusal(outcome) ? outcome : "license_deactivated";
    },
  });
}
