import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { OfflineRequest } from "../../src/license-file/write-request.ts";
import { makeConsumption } from "../support/make-license.ts";
import { cloudTerms, makeIssued, makeProductWith } from "../support/make-products.ts";
import { sendRequest, writeTestRequest } from "../support/offline-requests.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
const tokens = (code: string) => ({ code, name: code, type: "consumption", consumption: makeConsumption() }) as const;
const features = [{ code: "export", name: "Export", capacity: 1, ...cloudTerms }, tokens("tokens"), tokens("pages")];
await makeProductWith(vendor.side, { code: "cad", name: "CAD" }, features);

/** A license that machine `sk-1` is active on, by an offline request. */
async function activeLicense() {
  const terms = { ...cloudTerms, capacity: 2, type: "consumption", consumption: makeConsumption() } as const;
  const license = await makeIssued(vendor.side, { product: "cad", terms });
  const licenseKey = license.details.key ?? "";
  assert.equal((await sendRequest(vendor, writeTestRequest(vendor, { licenseKey }))).status, 200);
  const deactivation = (fields: Partial<OfflineRequest> = {}) =>
    writeTestRequest(vendor, { request: "deactivation", licenseKey, ...fields });
  const send = (request: string) => sendRequest(vendor, request, "deactivate_offline");
  const now = async () => {
    const [known] = await vendor.side.store.findLicenses({ licenseId: license.id });
    const usage = await vendor.side.store.usage(license.id);
    const total = (code: string) => {
      const id = known?.features.find((feature) => feature.code === code)?.id ?? 0;
      return usage?.counters.get(code === "" ? 0 : id)?.total ?? 0;
    };
    return {
      activations: known?.details.timesActivated,
      totals: [total(""), total("tokens"), total("pages")],
      seats: (await vendor.side.store.seats(license.id)).length,
    };
  };
  return { license, licenseKey, deactivation, send, now };
}

test("[FILE-9] a deactivation gives the activation back, with the seats of the device, and is good once", async () => {
  const { licenseKey, deactivation, send, now } = await activeLicense();
  const device = { hardware_id: "sk-1", product: "cad", license_key: licenseKey, feature: "export" };
  assert.equal((await vendor.get("/check_license_feature", device)).status, 200);
  assert.deepEqual(await now(), { activations: 1, totals: [0, 0, 0], seats: 1 });
  const request = deactivation();
  const replies = await Promise.all([send(request), send(request)]);
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400]);
  assert.equal(replies.find(({ status }) => status === 200)?.text, '"license_deactivated"');
  assert.deepEqual(await now(), { activations: 0, totals: [0, 0, 0], seats: 0 });
  expectError(await send(request), "offline_request_reused");
  expectError(await send(deactivation()), "device_not_found");
});

test("[DEV-4] what was used is added first, of the license and of its features", async () => {
  const { deactivation, send, now } = await activeLicense();
  const productFeatures = [
    { code: "tokens", consumptions: 7 },
    { code: "export" },
    { feature: "pages", consumptions: "2" },
  ];
  assert.equal((await send(deactivation({ consumptions: 5, productFeatures }))).status, 200);
  assert.deepEqual(await now(), { activations: 0, totals: [5, 7, 2], seats: 0 });
});

for (const [what, fields, code] of [
  ["license", { consumptions: 101 }, "license_not_enough_consumptions"],
  [
    "feature",
    {
      consumptions: 5,
      productFeatures: [
        { code: "tokens", consumptions: 7 },
        { code: "pages", consumptions: 101 },
      ],
    },
    "feature_not_enough_consumptions",
  ],
  ["unknown feature", { productFeatures: [{ code: "nothing", consumptions: 1 }] }, "invalid_license_feature_code"],
  [
    "feature that counts nothing",
    { productFeatures: [{ code: "export", consumptions: 1 }] },
    "unsupported_product_feature",
  ],
] as const) {
  test(`[DEV-4] where the addition to a ${what} is refused, nothing changes, and the request may be sent again`, async () => {
    const { deactivation, send, now } = await activeLicense();
    const request = deactivation(fields);
    for (let times = 0; times < 2; times += 1) expectError(await send(request), code);
    assert.deepEqual(await now(), { activations: 1, totals: [0, 0, 0], seats: 0 });
  });
}

test("[FILE-8] the request of an activation cannot be used once more as that of a deactivation", async () => {
  const { deactivation, send } = await activeLicense();
  const [answered] = (await vendor.side.store.records("offline_request")).slice(-1);
  expectError(await send(deactivation({ requestId: answered?.requestId ?? "" })), "offline_request_reused");
});

test("[HMAC-5] a deactivation that another key's secret has signed is refused", async () => {
  const { licenseKey, send, now } = await activeLicense();
  const other = { ...vendor.key, sharedKey: "guess" };
  expectError(
    await send(writeTestRequest(vendor, { request: "deactivation", licenseKey }, other)),
    "signature_mismatch",
  );
  assert.equal((await now()).activations, 1);
});

test("[REC-2] the record of an answered request leaves an event in the same commit, without the license key", async () => {
  const { license, licenseKey, deactivation, send } = await activeLicense();
  const before = (await vendor.side.store.events(0, -1)).length;
  await send(deactivation());
  const events = (await vendor.side.store.events(0, -1)).slice(before);
  assert.deepEqual(
    events.map(({ kind, licenseId }) => [kind, licenseId]),
    [
      ["device_deactivated", license.id],
      ["record_created", license.id],
    ],
  );
  assert.ok(!JSON.stringify(events).includes(licenseKey));
});
