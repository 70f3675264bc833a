// GET /api/v4/check_license
// SPEC: SEAT-8
import Type from "typebox";
import { isRefusal, refuse } from "../../../domain/outcome.ts";
import { checkLicense as check } from "../../../use-cases/check-out.ts";
import { showDeviceLicense } from "../../../use-cases/vendor/devices/show-device-license.ts";
import { OptionalBoolean, OptionalName, toBoolean } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, toCheck } from "../fields.ts";
import { DeviceLicenseObject, deviceLicenseToWire } from "../license-object.ts";
import { deviceCodes } from "../refusals.ts";

export function checkLicense(context: LicenseApiContext) {
  return defineRoute({
    name: "checkLicense",
    summary: "Check the license of a device; where it floats, its seat is taken or renewed",
    section: "Activation",
    methods: ["GET"],
    paths: ["/api/v4/check_license"],
    input: Type.Object({
      ...callerFields,
      include_expired_features: OptionalBoolean("whether expired features are shown"),
      env: OptionalName("environment of the version that is shown"),
    }),
    reply: Type.Object({ ...DeviceLicenseObject.properties, license_signature_v2: Type.Literal("") }),
    refuses: [...deviceCodes, "license_expired", "floating_not_available"],
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const outcome = await check(context, toCheck(input));
      if (isRefusal(outcome)) return outcome;
      const environment = input.env ?? undefined;
      const shown = await showDeviceLicense(context, outcome.license, input.hardware_id, { environment });
      if (shown === undefined) return refuse("license_not_found");
      const includesExpired = toBoolean(input.include_expired_features) ?? false;
      return {
        ...(await deviceLicenseToWire(shown, context.keys.signer, includesExpired)),
        license_signature_v2: "",
      };
    },
  });
}
