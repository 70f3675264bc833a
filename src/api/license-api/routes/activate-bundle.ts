// POST /api/v4/activate_bundle
// SPEC: DEV-8, DEV-1 to DEV-3
import Type from "typebox";
import { activationRefusals, isRefusal, refuse } from "../../../domain/outcome.ts";
import { activateBundle as activate } from "../../../use-cases/vendor/devices/activate-bundle.ts";
import { showDeviceLicense } from "../../../use-cases/vendor/devices/show-device-license.ts";
import { toDeviceInfo } from "../../../wire/device-info.ts";
import { toBoolean } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import { ActivationObject, activationToWire } from "../activation-object.ts";
import { BUNDLES, bundleCallerFields, findBundleRef } from "../bundle-fields.ts";
import type { CallerOf } from "../caller.ts";
import type { LicenseApiContext } from "../context.ts";
import { passwordField } from "../fields.ts";
import { toVariables, variablesField } from "../variables.ts";

/** All or none: every license is asked first. What else is promised stands in `use-cases/vendor/devices/find-bundle.ts`. */
export function activateBundle(context: LicenseApiContext, callerOf: CallerOf) {
  return defineRoute({
    name: "activateBundle",
    summary: "Bind a device to the licenses of a bundle: to all of them, or where one refuses it to none",
    section: BUNDLES,
    methods: ["POST"],
    paths: ["/api/v4/activate_bundle"],
    input: Type.Object({ ...bundleCallerFields, ...passwordField, ...variablesField }),
    reply: Type.Array(ActivationObject, { description: "one for each product, in the bundle's order" }),
    refuses: activationRefusals,
    access: { role: "application" },
    changes: true,
    async handle(input, request) {
      const ref = await findBundleRef(context, callerOf, input, request);
      if (isRefusal(ref)) return ref;
      const { hardware_id: hardwareId, password } = input;
      const wish = {
        hardwareId,
        info: toDeviceInfo(input),
        isVm: toBoolean(input.is_vm) ?? false,
        variables: toVariables(input.variables),
      };
      const outcome = await activate(context, ref, wish, password);
      if (isRefusal(outcome)) return outcome;
      const objects = [];
      for (const { license } of outcome) {
        const shown = await showDeviceLicense(context, license, hardwareId);
        if (shown === undefined) return refuse("license_not_found");
        objects.push(await activationToWire(shown, context.keys.signer));
      }
      return objects;
    },
  });
}
