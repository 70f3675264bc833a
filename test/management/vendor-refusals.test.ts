import { after, test } from "node:test";
import { createPolicy } from "../../src/use-cases/vendor/products/create-policy.ts";
import { granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem } from "./expect-operation.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
const admin = await clientOf(vendor, "admin");
await makeProductWith(side, { code: "cad", name: "CAD" });
const { id: policyId } = granted(await createPolicy(side, { product: "cad", code: "year", name: "Year" }));
const { id } = await makeIssued(side, { product: "cad", policyId });
await admin.post("/users", { username: "ada" });
await admin.post("/bundles", { code: "suite", name: "Suite", product_codes: ["cad"] });
const client = (await admin.post("/oauth-clients", { name: "portal" })).body.client_id;

const IN_USE = [409, "is_in_use"] as const;
const MADE_UNDER_KEY = { "idempotency-key": "suite" };
await admin.post("/bundles/suite/issue", {}, MADE_UNDER_KEY);

/** What is refused because of what else is there. */
const refusals: readonly (readonly [string, string, object | undefined, number, string, Record<string, string>?])[] = [
  ["DELETE", "/products/cad", undefined, ...IN_USE],
  ["PATCH", "/products/cad", { code: "cam" }, ...IN_USE],
  ["PATCH", "/products/cad", { authorization_method: "user" }, ...IN_USE],
  ["DELETE", "/products/cad/features/export", undefined, ...IN_USE],
  ["PATCH", "/products/cad/features/export", { code: "import" }, ...IN_USE],
  ["DELETE", `/policies/${policyId}`, undefined, ...IN_USE],
  ["PUT", `/licenses/${id}/users/ada`, {}, 422, "invalid_field"],
  ["POST", `/licenses/${id}/devices/nobody/admit`, undefined, 404, "device_not_found"],
  ["POST", "/users/ada/password", { password: "x".repeat(256) }, 422, "invalid_field"],
  ["POST", `/oauth-clients/${client}/rotate`, undefined, 412, "stale", { "if-match": '"otherwise"' }],
  ["POST", "/bundles/suite/issue", { metadata: { seats: 3 } }, 409, "key_reused", MADE_UNDER_KEY],
];

for (const [method, path, body, status, code, headers] of refusals) {
  test(`[MANAGE-9] ${method} ${path.replace(client, "{client}")} of ${Object.keys(body ?? {})} is refused: ${code}`, async () => {
    expectProblem(await admin.send(method, path, body, headers), status, code);
  });
}
