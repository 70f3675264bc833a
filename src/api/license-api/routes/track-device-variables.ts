// POST /api/v4/track_device_variables
// SPEC: DEV-6
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { setVariables } from "../../../use-cases/vendor/devices/set-variables.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, toCaller } from "../fields.ts";
import { deviceCodes } from "../refusals.ts";
import { toVariables } from "../variables.ts";

export function trackDeviceVariables(context: LicenseApiContext) {
  return defineRoute({
    name: "trackDeviceVariables",
    summary: "Set variables of the device; those that are not named stay",
    section: "Devices",
    methods: ["POST"],
    paths: ["/api/v4/track_device_variables"],
    input: Type.Object({
      ...callerFields,
      variables: Type.Unsafe<Readonly<Record<string, unknown>>>({
        type: "object",
        description: "name → text, number or boolean",
      }),
    }),
    reply: Type.Array(
      Type.Object({
        variable: Type.String(),
        value: Type.String(),
        device_id: Type.Integer(),
        created_at: Type.Integer({ description: "milliseconds since 1970; when it was set to this value" }),
      }),
      { description: "the variables that the request names" },
    ),
    refuses: deviceCodes,
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const { license } = toCaller(input);
      const values = toVariables(input.variables);
      const device = await setVariables(context, license, input.hardware_id, values);
      if (isRefusal(device)) return device;
      return device.variables
        .filter(({ name }) => Object.hasOwn(values, name))
        .map(({ name, value, createdAt }) => ({ variable: name, value, device_id: device.id, created_at: createdAt }));
    },
  });
}
