import assert from "node:assert/strict";
import { after, test } from "node:test";
import { managementErrors } from "../../src/api/management/errors.ts";
import type { OfflineRequest } from "../../src/license-file/write-request.ts";
import { PASSWORD, startRefusingVendor } from "../license-api/refusing-vendor.ts";
import { clientOf } from "../support/management-client.ts";
import { writeTestRequest } from "../support/offline-requests.ts";
import { expectProblem } from "./expect-operation.ts";

const { vendor, keys } = await startRefusingVendor({ after });
const operator = await clientOf(vendor, "operator");

type Fields = Partial<OfflineRequest>;

/** A request of the device `hw-1`, which is active on the license `main`. */
const fileOf = (fields: Fields, key = vendor.key) =>
  writeTestRequest(vendor, { product: "main", licenseKey: "main", hardwareId: "hw-1", ...fields }, key);
const send = (verb: string, file: string) => operator.post(`/requests/${verb}`, { file });

async function expectRefusal(verb: string, file: string, code: string): Promise<void> {
  expectProblem(await send(verb, file), managementErrors[code]?.status ?? 0, code);
}

/** A license that is named after the code that it brings about. */
const ofLicense = (licenseKey: string, fields: Fields = {}): Fields => ({ licenseKey, ...fields });
const ofNewDevice = (licenseKey: string) => ofLicense(licenseKey, { hardwareId: "new", device: { is_vm: true } });
const ofUser = (password: string): Fields => ({
  product: "users",
  licenseKey: undefined,
  username: "ada@example.com",
  password,
  hardwareId: "new",
});
const used = (code: string, consumptions = 1): Fields => ({ productFeatures: [{ code, consumptions }] });

/** What every request is refused for, by the code. */
const ofBoth: Readonly<Record<string, Fields>> = {
  unknown_product: { product: "nothing" },
  license_not_found: { licenseKey: "nothing" },
  license_not_enabled: ofLicense("license_not_enabled"),
  blacklisted: { hardwareId: "barred" },
};

const ofActivations: Readonly<Record<string, Fields>> = {
  ...ofBoth,
  license_expired: ofLicense("license_expired"),
  license_activated_max_times: ofNewDevice("license_activated_max_times"),
  license_transferred_max_times: ofNewDevice("license_transferred_max_times"),
  licenseUserActivatedMaxTimes: ofUser(PASSWORD),
  archived_product: { product: "archived_product" },
  disabled_product: { product: "disabled_product" },
  vm_not_allowed: ofNewDevice("vm_not_allowed"),
  license_not_started: ofNewDevice("license_not_started"),
  invalid_credentials: ofUser("wrong"),
};

const ofDeactivations: Readonly<Record<string, Fields>> = {
  ...ofBoth,
  license_not_active: ofLicense("license_not_active"),
  device_not_found: { hardwareId: "nobody" },
  license_not_consumption: ofLicense("license_not_consumption", { consumptions: 1 }),
  license_not_enough_consumptions: { consumptions: 101 },
  negative_consumptions_not_allowed: { consumptions: -1 },
  invalid_license_feature_code: used("nothing"),
  unsupported_product_feature: used("export"),
  feature_not_enough_consumptions: used("tokens", 101),
};

for (const [verb, request, refusals] of [
  ["answer", "activation", ofActivations],
  ["deactivate", "deactivation", ofDeactivations],
] as const) {
  for (const [code, fields] of Object.entries(refusals)) {
    test(`[MANAGE-9] request ${verb} refuses by ${code}, however often it is asked`, async () => {
      const file = fileOf({ request, ...fields });
      for (let times = 0; times < 2; times += 1) await expectRefusal(verb, file, code);
    });
  }

  test(`[FILE-8] request ${verb} answers a request once`, async () => {
    const file = fileOf({ request, licenseKey: "offline_request_reused" });
    assert.equal((await send(verb, file)).status, 200);
    await expectRefusal(verb, file, "offline_request_reused");
  });
}

for (const verb of ["inspect", "answer", "deactivate"]) {
  test(`[FILE-7] request ${verb} believes no file that is not signed by whom it names, or who may not`, async () => {
    const fields = { request: verb === "deactivate" ? "deactivation" : "activation" } as const;
    const files = {
      request_file_invalid: "?",
      invalid_api_key: fileOf(fields, { apiKey: "nothing", sharedKey: "nothing" }),
      signature_mismatch: fileOf(fields, { ...vendor.key, sharedKey: "other" }),
      revoked_api_key: fileOf(fields, keys.revoked),
      read_only_api_key: fileOf(fields, keys.readOnly),
      api_key_product_not_allowed: fileOf(fields, keys.otherProduct),
    };
    for (const [code, file] of Object.entries(files)) await expectRefusal(verb, file, code);
  });
}

test("[MANAGE-9] license refresh-file refuses licenses and devices that there are none of, and barred devices", async () => {
  const [license] = await vendor.side.store.findLicenses({ product: "main", key: "main" });
  const refresh = (id: number | undefined, hardware_id: string) =>
    operator.post(`/licenses/${id}/refresh-file`, { hardware_id });
  expectProblem(await refresh(999_999, "hw-1"), 404, "license_not_found");
  expectProblem(await refresh(license?.id, "nobody"), 404, "device_not_found");
  expectProblem(await refresh(license?.id, "barred"), 409, "blacklisted");
});
