import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS } from "../../src/domain/instant.ts";
import * as operations from "../../src/management/operations/counters.ts";
import * as licenses from "../../src/management/operations/licenses.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { importMetered } from "../wire/metered.ts";
import { expectReply } from "./expect-operation.ts";

const server = await startFloatingServer({ after });
const viewer = await clientOf(server);

const countersOf = async (query: string) =>
  expectReply(operations.listCounters, await viewer.get(`/counters?${query}`)).data;

test("[CONS-2] [CONS-4] counters tell what is consumed, and how far it may go", async () => {
  const terms = { max: 20, allowOverages: true, maxOverages: 5 };
  const { license, onLicense, onFeature } = await importMetered(server, "limits", terms);
  await onLicense.add(4);
  await onFeature.add(7, { max_overages: 2 });
  const limits = { max_consumptions: 20, unlimited_consumptions: false, consumption_resets: null, resets_at: null };
  const here = { license: license.id, license_key: license.details.key, product: "limits", ...limits };
  assert.deepEqual(await countersOf("product=limits&order=consumed"), [
    { ...here, id: `${license.id}-0`, feature: null, consumed: 4, most_overages: 5 },
    { ...here, id: `${license.id}-503`, feature: "tokens", consumed: 7, most_overages: 2 },
  ]);
  await importMetered(server, "boundless", { unlimited: true, allowOverages: true, maxOverages: 0 });
  const [boundless] = await countersOf("product=boundless&feature=null");
  assert.deepEqual([boundless.unlimited_consumptions, boundless.most_overages], [true, null]);
});

test("[CONS-5] what was consumed in a period that has passed is shown nowhere, before anything new is consumed", async () => {
  const { license, ways } = await importMetered(server, "daily", { resets: "daily" });
  for (const each of ways) await each.add(3);
  const shown = async () => {
    const { body } = await viewer.get(`/licenses/${license.id}`);
    const { consumed, features } = expectReply(licenses.showLicense, { status: 200, headers: new Headers(), body });
    const counters = await countersOf("product=daily");
    return [consumed, features[1].consumed, ...counters.map((each: { consumed: number }) => each.consumed)];
  };
  assert.deepEqual(await shown(), [3, 3, 3, 3]);
  const [{ resets_at }] = await countersOf("product=daily");
  assert.equal(resets_at, "2026-01-16T00:00:00.000Z");
  server.clock.advance(DAY_MS);
  assert.deepEqual(await shown(), [0, 0, 0, 0]);
});

test("[MANAGE-1] a vendor's server has counters of its own licenses, and none of what is not metered", async (t) => {
  const vendor = await startVendorServer(t);
  await makeProductWith(vendor.side, { code: "cad", name: "CAD" });
  await makeIssued(vendor.side, { product: "cad" });
  const atVendor = await clientOf(vendor);
  assert.deepEqual(expectReply(operations.listCounters, await atVendor.get("/counters")).data, []);
  const admin = await clientOf(vendor, "admin");
  await admin.post("/licenses", { product: "cad", type: "consumption", max_consumptions: 10 });
  const [{ consumed, max_consumptions }] = expectReply(operations.listCounters, await atVendor.get("/counters")).data;
  assert.deepEqual([consumed, max_consumptions], [0, 10]);
});
