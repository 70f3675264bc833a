import assert from "node:assert/strict";
import { test } from "node:test";
import { makeDevice, makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, change, look } from "../../../test/support/store-acts.ts";
import type { Device } from "../../domain/device.ts";
import { FIRST_IDS } from "../../domain/records.ts";
import type { StartStore } from "./start-store.ts";

const put = (device: Device) => ({ change: "put_device", device }) as const;

export function describeDevices(start: StartStore): void {
  test("[DEV-1] a view shows the scope's device of its own license, hardware ids compared exactly", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    const hardwareIds = ["hw", "HW", "hw ", "h\u00fc", "hu\u0308", "__proto__", "'; --", "😀", "x".repeat(255)];
    const devices = hardwareIds.flatMap((hardwareId, at) =>
      [1, 2].map((licenseId) => makeDevice({ id: at * 2 + licenseId, licenseId, hardwareId })),
    );
    await change(store, ...devices.map(put));
    for (const device of devices) {
      const { licenseId, hardwareId } = device;
      assert.deepEqual((await look(store, { license: { licenseId }, device: hardwareId })).device, device);
    }
    for (const device of ["Hw", "", "unknown", undefined]) {
      assert.equal((await look(store, { license: { licenseId: 1 }, device })).device, undefined);
    }
    assert.equal((await look(store, { license: { licenseId: 3 }, device: "hw" })).device, undefined);
    assert.equal((await look(store, { device: "hw" })).device, undefined);
  });

  test("[DEV-1] another license's device is not seen", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    await change(store, put(makeDevice({ licenseId: 2, hardwareId: "hw" })));
    const view = await look(store, { license: { licenseId: 1 }, device: "hw", everyDevice: true });
    assert.deepEqual([view.device, view.devices], [undefined, []]);
    assert.deepEqual(await store.devices({ licenseId: 1 }), []);
  });

  test("[DEV-6] a device is as it was put and as it was changed, variables and all", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    const device = makeDevice({
      info: { hostname: "Ünn\n", nested: [1, null, { zwei: true }] },
      variables: [{ id: 1, name: "a", value: "1", createdAt: 5 }],
    });
    await change(store, put(device));
    assert.deepEqual((await look(store, { license: { licenseId: 1 }, device: "hw-1" })).device, device);
    const off = { ...device, active: false, blacklisted: true, userId: 3, variables: [], info: {} };
    await change(store, put(off));
    assert.deepEqual((await look(store, { license: { licenseId: 1 }, device: "hw-1" })).device, off);
    assert.deepEqual(await store.devices({ licenseId: 1 }), [off]);
  });

  test("[LIC-8] every device of the license is shown where it is asked for, by its id, inactive ones too", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    const devices = [
      makeDevice({ id: 1, hardwareId: "zoe", active: false }),
      makeDevice({ id: 2, hardwareId: "ann" }),
      makeDevice({ id: 4, hardwareId: "bob", blacklisted: true }),
    ];
    const ofOther = makeDevice({ id: 3, licenseId: 2, hardwareId: "ann" });
    await change(store, ...[...devices, ofOther].toReversed().map(put));
    const scope = { license: { licenseId: 1 } };
    assert.deepEqual((await look(store, { ...scope, everyDevice: true })).devices, devices);
    assert.deepEqual((await look(store, scope)).devices, []);
    assert.deepEqual((await look(store, { license: { licenseId: 3 }, everyDevice: true })).devices, []);
    assert.deepEqual((await look(store, { everyDevice: true })).devices, []);
    assert.deepEqual(await store.devices({ licenseId: 1 }), devices);
    assert.deepEqual(await store.devices({ hardwareId: "ann" }), [devices[1], ofOther]);
    assert.deepEqual(await store.devices({ hardwareId: "Ann" }), []);
    const changed = { ...(devices[0] as Device), active: true };
    await change(store, put(changed));
    assert.deepEqual(await store.devices({ licenseId: 1 }), [changed, devices[1], devices[2]]);
  });

  test("[DEV-1] a second row of one device on one license is refused as a fault, with all of its decision", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    const device = makeDevice();
    await change(store, put(device));
    const second = change(store, put(makeDevice({ id: 2, hardwareId: "hw-2" })), put(makeDevice({ id: 3 })));
    const neighbour = change(store, put(makeDevice({ id: 4, hardwareId: "hw-4" })));
    await assert.rejects(second, { name: "Fault", code: "internal_error" });
    await neighbour;
    assert.deepEqual(await store.devices({ licenseId: 1 }), [device, makeDevice({ id: 4, hardwareId: "hw-4" })]);
  });

  test("[DEV-1] numbers of devices and of their variables grow, and none is given again", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    const { feature, license } = (await look(store, {})).nextIds;
    const variables = [4, 2].map((id) => ({ id, name: `${id}`, value: "", createdAt: 0 }));
    await change(store, put(makeDevice({ id: 6, variables })));
    const expected = { ...FIRST_IDS, feature, license, device: 7, variable: 5 };
    assert.deepEqual((await look(store, {})).nextIds, expected);
    await change(store, put(makeDevice({ id: 6 })), put(makeDevice({ id: 2, hardwareId: "hw-2" })));
    await change(store, { change: "remove_license", licenseId: 1 });
    assert.deepEqual((await look(store, {})).nextIds, expected);
  });
}
