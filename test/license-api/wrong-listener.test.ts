import assert from "node:assert/strict";
import { test } from "node:test";
import pino from "pino";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError } from "./expect-reply.ts";

test("[ERR-1] a request of the Floating Server API is not found here, and the log says that the address is wrong", async (t) => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => lines.push(line) });
  const vendor = await startVendorServer(t, { log });
  const body = { product: "cad", user: "secret-user", license_key: "secret-key" };
  for (const path of ["/api/v4/featureRegister", "/api/v4/register", "/api/v4/register/"]) {
    lines.length = 0;
    expectError(await vendor.send({ method: "POST", path, body }), "not_found");
    assert.equal(lines.length, 1, path);
    assert.match(lines[0] ?? "", /Floating Server API on the License API/);
    assert.doesNotMatch(lines[0] ?? "", /secret/);
  }
  lines.length = 0;
  const asUser = { method: "POST", path: "/api/v4/check_license_feature?user=secret-user", body };
  expectError(await vendor.send(asUser), "method_not_allowed");
  assert.match(lines.join(""), /Floating Server API on the License API/);
  assert.doesNotMatch(lines.join(""), /secret/);
  lines.length = 0;
  expectError(await vendor.send({ method: "GET", path: "/api/v4/addProduct?licenseKey=secret-key" }), "not_found");
  assert.doesNotMatch(lines.join(""), /secret/);
  const broken = { method: "POST", path: "/api/v4/borrow", body: "{", headers: { "content-type": "text/odd" } };
  expectError(await vendor.send(broken), "not_found");
  lines.length = 0;
  expectError(await vendor.send({ method: "POST", path: "/api/v4/nothing", body }), "not_found");
  assert.deepEqual(lines, []);
});
