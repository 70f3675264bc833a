// GET /api/v4/check_bundle
// SPEC: DEV-8, SEAT-8
import Type from "typebox";
import { isRefusal, refuse } from "../../../domain/outcome.ts";
import { checkBundle as check } from "../../../use-cases/vendor/devices/check-bundle.ts";
import { showDeviceLicense } from "../../../use-cases/vendor/devices/show-device-license.ts";
import { OptionalBoolean, OptionalName, toBoolean } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import { BUNDLES, bundleCallerFields, findBundleRef } from "../bundle-fields.ts";
import type { CallerOf } from "../caller.ts";
import type { LicenseApiContext } from "../context.ts";
import { toDescription } from "../fields.ts";
import { DeviceLicenseObject, deviceLicenseToWire } from "../license-object.ts";
import { deviceCodes } from "../refusals.ts";

/** All or none: every license is asked first. What else is promised stands in `use-cases/vendor/devices/find-bundle.ts`. */
export function checkBundle(context: LicenseApiContext, callerOf: CallerOf) {
  return defineRoute({
    name: "checkBundle",
    summary: "Check the licenses of a bundle; of those that float, seats are taken or renewed, all or none",
    section: BUNDLES,
    methods: ["GET"],
    paths: ["/api/v4/check_bundle"],
    input: Type.Object({
      ...bundleCallerFields,
      include_expired_features: OptionalBoolean("whether expired features are shown"),
      env: OptionalName("environment of the versions that are shown"),
    }),
    reply: Type.Array(Type.Object({ ...DeviceLicenseObject.properties, license_signature_v2: Type.Literal("") }), {
      description: "one for each product, in the bundle's order",
    }),
    refuses: [...deviceCodes, "license_expired", "floating_not_available"],
    access: { role: "application" },
    changes: true,
    async handle(input, request) {
      const ref = await findBundleRef(context, callerOf, input, request);
      if (isRefusal(ref)) return ref;
      const { hardware_id: hardwareId } = input;
      const outcome = await check(context, ref, {
        device: hardwareId,
        holder: hardwareId,
        borrow: "none",
        ...toDescription(input),
      });
      if (isRefusal(outcome)) return outcome;
      const environment = input.env ?? undefined;
      const includesExpired = toBoolean(input.include_expired_features) ?? false;
      const objects = [];
      for (const { license } of outcome) {
        const shown = await showDeviceLicense(context, license, hardwareId, { environment });
        if (shown === undefined) return refuse("license_not_found");
        const object = await deviceLicenseToWire(shown, context.keys.signer, includesExpired);
        objects.push({ ...object, license_signature_v2: "" });
      }
      return objects;
    },
  });
}
