import assert from "node:assert/strict";
import { after, test } from "node:test";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { clientOf, type ManagementReply } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem } from "./expect-operation.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
await makeProductWith(side, { code: "mail", name: "Mail", authorizationMethod: "user" });
const license = await makeIssued(side, { product: "cad" });
const admin = await clientOf(vendor, "admin");
await admin.post("/bundles", { code: "studio", name: "Studio", product_codes: ["cad"] });
await admin.post("/orders", { store_id: "S-1" });
await admin.post("/users", { username: "ada" });
const policy = (await admin.post("/policies", { product: "cad", code: "year", name: "Year" })).body.id;
const apiKey = (await admin.post("/api-keys", { name: "shop" })).body.key;
const client = (await admin.post("/oauth-clients", { name: "portal" })).body.client_id;

/** A problem that names a field which refers to nothing, and its sentence too. */
function expectParam(reply: ManagementReply, param: string, code = "does_not_exist"): void {
  const problem = expectProblem(reply, 404, code);
  assert.deepEqual([problem.param, problem.errors?.length], [param, 1], JSON.stringify(problem));
  assert.ok(problem.errors[0].detail.startsWith(`${param}: `), problem.errors[0].detail);
}

const features = [{ code: "export" }, { code: "none" }];

/** Bodies with a reference to nothing, by the field that has it. */
const creations: readonly (readonly [string, object, string])[] = [
  ["/licenses", { product: "none" }, "product"],
  ["/licenses", { product: "cad", policy_id: 99 }, "policy_id"],
  ["/licenses", { product: "cad", customer_id: 99 }, "customer_id"],
  ["/licenses", { product: "cad", order_id: 99 }, "order_id"],
  ["/licenses", { product: "cad", features }, "features.1.code"],
  ["/licenses", { product: "mail", users: [{ username: "ada" }, { username: "bob" }] }, "users.1.username"],
  ["/bundles", { code: "office", name: "Office", product_codes: ["none"] }, "product_codes"],
  ["/bundles/studio/issue", { customer_id: 99 }, "customer_id"],
  ["/bundles/studio/issue", { order_id: 99 }, "order_id"],
  ["/policies", { product: "none", code: "p", name: "P" }, "product"],
  ["/policies", { product: "cad", code: "p", name: "P", features }, "features.1.code"],
  ["/versions", { product: "none", version: "1" }, "product"],
  ["/orders", { store_id: "S-2", customer_id: 99 }, "customer_id"],
  ["/users", { username: "bob", customer_id: 99 }, "customer_id"],
  ["/api-keys", { name: "x", products: ["cad", "none"] }, "products"],
  ["/oauth-clients", { name: "x", products: ["none"] }, "products"],
  ["/products", { code: "cam", name: "CAM", trial: { days: 7, policy_id: 99 } }, "trial.policy_id"],
];

const changes: readonly (readonly [string, object, string])[] = [
  [`/licenses/${license.id}`, { customer_id: 99 }, "customer_id"],
  [`/licenses/${license.id}`, { order_id: 99 }, "order_id"],
  [`/licenses/${license.id}`, { features }, "features.1.code"],
  ["/bundles/studio", { product_codes: ["none"] }, "product_codes"],
  [`/policies/${policy}`, { features }, "features.1.code"],
  ["/orders/1", { customer_id: 99 }, "customer_id"],
  ["/users/ada", { customer_id: 99 }, "customer_id"],
  [`/api-keys/${apiKey}`, { products: ["none"] }, "products"],
  [`/oauth-clients/${client}`, { products: ["none"] }, "products"],
  ["/products/cad", { trial: { days: 7, policy_id: 99 } }, "trial.policy_id"],
];

for (const [path, body, param] of creations) {
  test(`[MANAGE-2] what is not there is named by its field: ${param} of POST ${path}`, async () => {
    expectParam(await admin.post(path, body), param);
  });
}

for (const [path, body, param] of changes) {
  test(`[MANAGE-2] what is not there is named by its field: ${param} of PATCH ${path.replace(/\/\w+-.*$/, "")}`, async () => {
    expectParam(await admin.patch(path, body), param);
  });
}

test("[MANAGE-2] the device of a refresh file, and what usage is asked of, are named by their fields", async () => {
  const file = await admin.post(`/licenses/${license.id}/refresh-file`, { hardware_id: "hw: 1" });
  const { param, errors } = expectProblem(file, 404, "device_not_found");
  assert.deepEqual([param, errors], ["hardware_id", [{ param: "hardware_id", detail: "hardware_id: device hw: 1" }]]);
  expectParam(await admin.get("/usage?license=999"), "license");
  expectParam(await admin.get("/usage?feature=none"), "feature");
});

test("[MANAGE-2] what the path names is no field, however it is called", async () => {
  for (const path of ["/products/a: b", "/users/customer_id: 1", "/licenses/999", "/bundles/x: y"]) {
    const problem = expectProblem(await admin.get(path), 404, "does_not_exist");
    assert.deepEqual([problem.param, problem.errors], [undefined, undefined], problem.detail);
  }
  const body = expectProblem(await admin.patch("/users/nobody: x", { phone: "1" }), 404, "does_not_exist");
  assert.equal(body.param, undefined);
});
