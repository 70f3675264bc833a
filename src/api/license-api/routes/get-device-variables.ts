// GET /api/v4/get_device_variables
// SPEC: DEV-6
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { findActiveDevice } from "../../../use-cases/vendor/devices/find-active-device.ts";
import { formatDate } from "../../../wire/date.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, toCaller } from "../fields.ts";
import { deviceCodes } from "../refusals.ts";

export function getDeviceVariables(context: LicenseApiContext) {
  return defineRoute({
    name: "getDeviceVariables",
    summary: "Show all variables of the device",
    section: "Devices",
    methods: ["GET"],
    paths: ["/api/v4/get_device_variables"],
    input: Type.Object(callerFields),
    reply: Type.Array(
      Type.Object({
        id: Type.Integer(),
        variable: Type.String(),
        value: Type.String(),
        device_id: Type.Integer(),
        created_at: Type.String({ description: "when it was set to this value" }),
      }),
    ),
    refuses: deviceCodes,
    access: { role: "application" },
    changes: false,
    async handle(input) {
      const found = await findActiveDevice(context, toCaller(input).license, input.hardware_id);
      if (isRefusal(found)) return found;
      const { device } = found;
      return device.variables.map(({ id, name, value, createdAt }) => ({
        id,
        variable: name,
        value,
        device_id: device.id,
        created_at: formatDate(createdAt),
      }));
    },
  });
}
