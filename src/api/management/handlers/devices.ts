import type { Device } from "../../../domain/device.ts";
import { isRefusal, refuse } from "../../../domain/outcome.ts";
import * as operations from "../../../management/operations/devices.ts";
import { admitDevice, blacklistDevice } from "../../../use-cases/vendor/devices/blacklist-device.ts";
import { deactivateDevice } from "../../../use-cases/vendor/devices/deactivate-device.ts";
import { setVariables } from "../../../use-cases/vendor/devices/set-variables.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { isoTime } from "../names.ts";

/** Devices of a license. */
export function deviceHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  const show = async ({ license, device }: { readonly license: number; readonly device: string }) => {
    const found = (await store.devices({ licenseId: license })).find(({ hardwareId }) => hardwareId === device);
    return found === undefined
      ? refuse("does_not_exist", `device ${device} of license ${license}`)
      : deviceToWire(found);
  };
  const reply = (outcome: Device | { readonly refused: string }) =>
    "refused" in outcome ? outcome : deviceToWire(outcome);
  return [
    bindList(operations.listDevices, async ({ params }) => {
      const [license] = await store.findLicenses({ licenseId: params.license });
      if (license === undefined) return refuse("does_not_exist", `license ${params.license}`);
      return {
        items: await store.devices({ licenseId: license.id }),
        fields: {
          id: ({ id }: Device) => id,
          hardware_id: ({ hardwareId }: Device) => hardwareId,
          is_active: ({ active }: Device) => active,
          is_blacklisted: ({ blacklisted }: Device) => blacklisted,
          user_id: ({ userId }: Device) => userId,
          activated_at: ({ activatedAt }: Device) => activatedAt || null,
          seen_at: ({ seenAt }: Device) => seenAt || null,
        },
        toWire: deviceToWire,
      };
    }),
    bind(operations.showDevice, ({ params }) => show(params)),
    bind(operations.blacklistDevice, async ({ params, store: asked }) =>
      reply(await blacklistDevice({ store: asked, secrets }, params.license, params.device)),
    ),
    bind(operations.admitDevice, async ({ params, store: asked }) =>
      reply(await admitDevice({ store: asked, secrets }, params.license, params.device)),
    ),
    bind(operations.deactivateDevice, async ({ params, store: asked }) => {
      const { license: licenseId, device } = params;
      const done = await deactivateDevice({ store: asked, secrets }, { licenseId }, device);
      return isRefusal(done) ? done : show(params);
    }),
    bind(operations.setDeviceVariables, async ({ params, body, store: asked }) => {
      const { license: licenseId, device } = params;
      return reply(await setVariables({ store: asked, secrets }, { licenseId }, device, body.variables));
    }),
  ];
}

function deviceToWire(device: Device) {
  const { id, licenseId, hardwareId, active, blacklisted, userId, activatedAt, seenAt, info, variables } = device;
  return {
    id,
    license: licenseId,
    hardware_id: hardwareId,
    is_active: active,
    is_blacklisted: blacklisted,
    user_id: userId,
    activated_at: isoTime(activatedAt),
    seen_at: isoTime(seenAt),
    info,
    variables: variables.map(({ name, value, createdAt }) => ({ name, value, created_at: isoTime(createdAt) })),
  };
}
