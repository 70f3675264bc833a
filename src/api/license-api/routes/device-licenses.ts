// GET /api/v4/device_licenses
// SPEC: DEV-9
import Type from "typebox";
import { listDeviceLicenses } from "../../../use-cases/vendor/devices/list-device-licenses.ts";
import { defineRoute } from "../../http/route.ts";
import { type CallerOf, productsOf } from "../caller.ts";
import type { LicenseApiContext } from "../context.ts";
import { deviceField } from "../fields.ts";
import { DeviceLicenseObject, deviceLicenseToWire } from "../license-object.ts";

export function deviceLicenses(context: LicenseApiContext, callerOf: CallerOf) {
  return defineRoute({
    name: "deviceLicenses",
    summary: "List the licenses that a device is active on, of the products that the application may ask about",
    section: "Devices",
    methods: ["GET"],
    paths: ["/api/v4/device_licenses"],
    input: Type.Object(deviceField),
    reply: Type.Array(DeviceLicenseObject),
    refuses: [],
    access: { role: "application" },
    changes: false,
    async handle({ hardware_id }, request) {
      const listed = await listDeviceLicenses(context, hardware_id, productsOf(callerOf, request));
      return Promise.all(listed.map((shown) => deviceLicenseToWire(shown, context.keys.signer)));
    },
  });
}
