import assert from "node:assert/strict";
import { after, test } from "node:test";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem } from "./expect-operation.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
const admin = await clientOf(vendor, "admin");

/** 255 code points: of one byte each, and of twelve characters in a path each. */
const LONGEST = ["p".repeat(255), "🔑".repeat(255)] as const;

test("[WIRE-3] the longest names are found in a path", async () => {
  for (const code of LONGEST) {
    await makeProductWith(side, { code, name: "P" }, []);
    const product = `/products/${encodeURIComponent(code)}`;
    assert.equal((await admin.get(product)).body.code, code);
    assert.equal((await admin.post(`${product}/features`, { code, name: "F" })).status, 201);
    assert.equal((await admin.get(`${product}/features/${encodeURIComponent(code)}`)).body.code, code);
    await admin.post("/users", { username: code });
    assert.equal((await admin.patch(`/users/${encodeURIComponent(code)}`, { phone: "1" })).body.username, code);
  }
});

test("[WIRE-3] a device with the longest hardware id is barred and shown", async () => {
  await makeProductWith(side, { code: "cad", name: "CAD" }, []);
  const { id, details } = await makeIssued(side, { product: "cad" });
  for (const hardware_id of LONGEST) {
    const wish = { product: "cad", license_key: details.key, hardware_id };
    assert.equal((await vendor.post("/activate_license", wish)).status, 200);
    const device = `/licenses/${id}/devices/${encodeURIComponent(hardware_id)}`;
    assert.equal((await admin.post(`${device}/blacklist`)).body.hardware_id, hardware_id);
    assert.equal((await vendor.post("/activate_license", wish)).json.code, "blacklisted");
    assert.partialDeepStrictEqual((await admin.get(device)).body, { hardware_id, is_blacklisted: true });
  }
});

test("[MANAGE-2] a name that is too long is a name that cannot be, and no path that is not there", async () => {
  const { param } = expectProblem(await admin.get(`/products/${"p".repeat(8_000)}`), 422, "validation_error");
  assert.equal(param, "product");
});
