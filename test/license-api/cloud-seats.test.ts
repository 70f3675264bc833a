import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";

test("[SEAT-8] [SIGN-1] a device activates, takes a cloud feature seat and gives it back, each reply signed", async (t) => {
  const vendor = await startVendorServer(t);
  await makeProductWith(vendor.side, { code: "cad", name: "CAD" });
  const license = await makeIssued(vendor.side, { product: "cad" });
  const device = { hardware_id: "hw-1", product: "cad", license_key: license.details.key };
  const activated = await vendor.post("/activate_license", device);
  assert.equal(activated.status, 200, activated.text);
  const taken = await vendor.get("/check_license_feature", { ...device, feature: "export" });
  assert.equal(taken.status, 200, taken.text);
  assert.equal(taken.json.floating_in_use_devices, 1);
  const released = await vendor.post("/floating/feature_release", { ...device, feature: "export" });
  assert.deepEqual([released.status, released.text], [200, '""']);
  const again = await vendor.post("/floating/feature_release", { ...device, feature: "export" });
  assert.equal(again.json.code, "floating_feature_device_not_in_use");
  const wellKnown = await vendor.send({ method: "GET", path: "/api/v4/.well-known" });
  const key = createPublicKey(wellKnown.json.pub_key);
  for (const reply of [activated, taken, released, wellKnown]) {
    const signature = Buffer.from(reply.headers["licensesignature"] as string, "base64");
    assert.ok(verify("sha256", reply.bytes, key, signature));
    assert.ok(verify("sha256", Buffer.from(JSON.stringify(reply.json)), key, signature));
  }
});
