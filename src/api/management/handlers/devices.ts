import type { Device } from "../../../domain/device.ts";
import { refuse } from "../../../domain/outcome.ts";
import * as operations from "../../../management/operations/devices.ts";
import { admitDevice, blacklistDevice } from "../../../use-cases/vendor/devices/blacklist-device.ts";
import { deactivateByVendor, setVariablesByVendor } from "../../../use-cases/vendor/devices/change-device.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { isoTime } from "../names.ts";
import { showRecord } from "../record-reply.ts";

const etagOf = () => "device" as const;

/** Devices of a license. */
export function deviceHandlers({ store, secrets }: VendorContext): readonly Bound[] {
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
    bind(operations.showDevice, async ({ params: { license, device } }) => {
      const found = (await store.devices({ licenseId: license })).find(({ hardwareId }) => hardwareId === device);
      return showRecord(found ?? refuse("does_not_exist", `device ${device} of license ${license}`), deviceToWire);
    }),
    bind(
      operations.blacklistDevice,
      async ({ params: { license, device }, store: asked }) =>
        showRecord(await blacklistDevice({ store: asked, secrets }, license, device), deviceToWire),
      { etagOf },
    ),
    bind(
      operations.admitDevice,
      async ({ params: { license, device }, store: asked }) =>
        showRecord(await admitDevice({ store: asked, secrets }, license, device), deviceToWire),
      { etagOf },
    ),
    bind(
      operations.deactivateDevice,
      async ({ params: { license, device }, store: asked }) =>
        showRecord(await deactivateByVendor({ store: asked, secrets }, license, device), deviceToWire),
      { etagOf },
    ),
    bind(
      operations.setDeviceVariables,
      async ({ params: { license, device }, body: { variables }, store: asked }) =>
        showRecord(await setVariablesByVendor({ store: asked, secrets }, license, device, variables), deviceToWire),
      { etagOf },
    ),
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
