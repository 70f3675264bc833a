import assert from "node:assert/strict";
import { after, test } from "node:test";
import { listSettings, showStatus } from "../../src/management/operations/server.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeLicense } from "../support/make-license.ts";
import { clientOf } from "../support/management-client.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";
import { takeSeat } from "./seat-takers.ts";

const server = await startFloatingServer({ after }, { licenses: [makeLicense()] });

test("[MANAGE-1] the status of a floating server, to every role", async () => {
  await takeSeat(server, "ann");
  const status = expectReply(showStatus, await (await clientOf(server)).get("/status"));
  const { version, last_event_id: lastEventId, ...rest } = status;
  assert.match(version, /^\d+\.\d+/);
  assert.equal(lastEventId, (await server.store.events(0, 100)).length);
  assert.deepEqual(rest, {
    side: "floating",
    started_at: new Date(START).toISOString(),
    licenses: 1,
    // One of the feature, and the license's own that it needs.
    seats_in_use: 2,
    api_url: `${server.url}/api/v4`,
    hardware_id: server.hardwareId,
    is_store_writable: true,
  });
});

test("[MANAGE-1] the vendor's status has no hardware id", async (t) => {
  const vendor = await startVendorServer(t);
  const status = expectReply(showStatus, await (await clientOf(vendor)).get("/status"));
  assert.deepEqual([status.side, status.hardware_id, status.licenses], ["vendor", null, 0]);
  assert.equal(status.api_url, `${vendor.url}/api/v4`);
  await vendor.restart({ "license-api.public-url": "https://licenses.example.com/" });
  const { body } = await (await clientOf(vendor)).get("/status");
  assert.equal(body.api_url, "https://licenses.example.com/api/v4");
});

test("[MANAGE-1] settings are shown to admins only, and secrets to nobody", async () => {
  expectProblem(await (await clientOf(server)).get("/settings"), 403, "forbidden");
  const admin = await clientOf(server, "admin");
  const { data } = expectReply(listSettings, await admin.get("/settings?limit=500"));
  const byName = new Map<string, Record<string, unknown>>(data.map((each: { name: string }) => [each.name, each]));
  assert.deepEqual(byName.get("management.port")?.["value"], 0);
  assert.deepEqual(byName.get("floating-server.allowed-hosts")?.["value"], []);
  assert.deepEqual(byName.get("store.url")?.["is_set"], false);
  assert.equal(byName.get("management.port")?.["default"], 8090);
  const { about: _, ...secret } = byName.get("vendor.api-key") ?? {};
  assert.deepEqual(secret, {
    name: "vendor.api-key",
    environment: "SEATKEEPER_VENDOR_API_KEY",
    value: null,
    default: null,
    is_set: true,
    is_secret: true,
  });
  const secrets = expectReply(listSettings, await admin.get("/settings?is_secret=true"));
  assert.ok(secrets.data.every((each: { value: unknown }) => each.value === null));
});
