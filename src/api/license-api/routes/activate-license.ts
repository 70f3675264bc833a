// POST /api/v4/activate_license
// SPEC: DEV-1 to DEV-3
import Type from "typebox";
import { activationRefusals, isRefusal, refuse } from "../../../domain/outcome.ts";
import { activateDevice } from "../../../use-cases/vendor/devices/activate-device.ts";
import { showDeviceLicense } from "../../../use-cases/vendor/devices/show-device-license.ts";
import { toDeviceInfo } from "../../../wire/device-info.ts";
import { toBoolean } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import { ActivationObject, activationToWire } from "../activation-object.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, passwordField, toCaller } from "../fields.ts";
import { toVariables, variablesField } from "../variables.ts";

export function activateLicense(context: LicenseApiContext) {
  return defineRoute({
    name: "activateLicense",
    summary: "Bind a device to a license; a device that is active stays so",
    section: "Activation",
    methods: ["POST"],
    paths: ["/api/v4/activate_license"],
    input: Type.Object({ ...callerFields, ...passwordField, ...variablesField }),
    reply: ActivationObject,
    refuses: activationRefusals,
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const { license } = toCaller(input);
      const outcome = await activateDevice(context, {
        license,
        hardwareId: input.hardware_id,
        password: input.password,
        info: toDeviceInfo(input),
        isVm: toBoolean(input.is_vm) ?? false,
        variables: toVariables(input.variables),
      });
      if (isRefusal(outcome)) return outcome;
      const shown = await showDeviceLicense(context, outcome.license, input.hardware_id);
      return shown === undefined ? refuse("license_not_found") : activationToWire(shown, context.keys.signer);
    },
  });
}
