import assert from "node:assert/strict";
import { test } from "node:test";
import { readRequestFile } from "../../src/license-file/read-request.ts";
import { type RequestContent, readRequestContent } from "../../src/license-file/request-content.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { deactivateLicense, deactivationRequests } from "../../src/use-cases/deactivate-license.ts";
import { importLicense } from "../../src/use-cases/import-license.ts";
import { writeActivationRequest } from "../../src/use-cases/write-request.ts";
import { startFloatingServer, type TestServer, vendor } from "../support/floating-server.ts";
import { REQUEST_KEYS } from "../support/license-files.ts";
import { makeConsumption, makeFeature, makeLicense, makeProduct } from "../support/make-license.ts";
import { granted } from "../support/make-products.ts";
import { addLicense, take } from "../support/store-acts.ts";
import { TestClock } from "../support/test-clock.ts";

const tokens = makeFeature({
  id: 12,
  code: "tokens",
  type: "consumption",
  consumption: makeConsumption({ initialTotal: 4 }),
});
const license = makeLicense({
  type: "consumption",
  consumption: makeConsumption({ initialTotal: 30 }),
  features: [makeFeature(), tokens],
});

type Side = TestServer["side"];

function contentOf(file: string): RequestContent {
  const request = readRequestFile(file);
  if ("problem" in request) assert.fail(request.problem);
  assert.ok(request.isSignedBy(REQUEST_KEYS.sharedKey));
  const content = readRequestContent(request);
  if ("problem" in content) assert.fail(content.problem);
  return content;
}

async function write(side: Side): Promise<string> {
  return granted(await writeActivationRequest(side, { product: "cad", licenseKey: "KEY-1" })).file;
}

test("[FILE-9] a deactivation writes a request, and the license is gone with its seats, in one commit", async (t) => {
  const server = await startFloatingServer(t, { licenses: [license] });
  const body = { product: "cad", feature: "render", user: "ada" };
  assert.equal((await server.post("/api/v4/featureRegister", body)).status, 200);
  const before = (await server.store.events(0, -1)).length;
  const { requestId, file } = granted(await deactivateLicense(server.side, license.id));
  const { request, product, hardwareId, licenseKey, licenseId } = contentOf(file);
  assert.deepEqual(
    [request, product, hardwareId, licenseKey, licenseId],
    ["deactivation", "cad", server.hardwareId, "KEY-1", license.id],
  );
  assert.equal((await server.post("/api/v4/featureRegister", body)).json.code, "unknown_product");
  assert.deepEqual([await server.store.seats(), await server.store.licenses()], [[], []]);
  const events = (await server.store.events(0, -1)).slice(before);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["seat_released", "record_created", "license_removed"],
  );
  assert.equal(new Set(events.map(({ at }) => at)).size, 1);
  assert.ok(!JSON.stringify(events).includes("KEY-1"));
  await server.restart();
  assert.deepEqual(await server.store.licenses(), []);
  assert.deepEqual(await deactivationRequests(server.side, license.id), [{ requestId, file }], "the file is kept");
});

test("[FILE-9] what was counted here goes with the request, without what the license came with", async (t) => {
  const server = await startFloatingServer(t, { licenses: [license] });
  await server.post("/api/v4/add_consumption", { product: "cad", consumptions: 5 });
  await server.post("/api/v4/add_feature_consumption", { product: "cad", feature: "tokens", consumptions: 7 });
  // A refresh says what the vendor has counted meanwhile, which is none of this server's.
  const later = { ...license, consumption: makeConsumption({ initialTotal: 90 }) };
  await server.refresh(later, server.clock.wall());
  const { consumptions, featureConsumptions } = contentOf(granted(await deactivateLicense(server.side, 1)).file);
  assert.deepEqual([consumptions, featureConsumptions], [5, [{ code: "tokens", amount: 7 }]]);
});

test("[FILE-9] a license that counted nothing reports nothing", async (t) => {
  const server = await startFloatingServer(t, { licenses: [license] });
  const { consumptions, featureConsumptions } = contentOf(granted(await deactivateLicense(server.side, 1)).file);
  assert.deepEqual([consumptions, featureConsumptions], [0, []]);
});

test("[FILE-9] files of before are outdated: the one imported, a refresh, and an answer still under way", async (t) => {
  const server = await startFloatingServer(t);
  const { side } = server;
  const first = await vendor.answerRequest(await write(side), license);
  const underWay = await vendor.answerRequest(await write(side), { ...license, capacity: 7 });
  const refresh = await vendor.refresh(license, server.hardwareId, server.clock.wall());
  granted(await importLicense(side, first));
  granted(await deactivateLicense(side, license.id));
  for (const file of [first, underWay, refresh]) {
    assert.deepEqual(await importLicense(side, file), { refused: "license_file_outdated" });
  }
  await server.restart();
  for (const file of [first, underWay, refresh]) {
    assert.deepEqual(await importLicense(server.side, file), { refused: "license_file_outdated" });
  }
});

test("[FILE-9] an answer to a request of after it brings the license back, and files of before stay outdated", async (t) => {
  const server = await startFloatingServer(t);
  const { side, clock } = server;
  const first = await vendor.answerRequest(await write(side), license, clock.wall());
  granted(await importLicense(side, first));
  granted(await deactivateLicense(side, license.id));
  const again = await vendor.answerRequest(await write(side), license, clock.wall() + 1_000);
  assert.equal(granted(await importLicense(side, again)).imported, "new");
  assert.deepEqual(await importLicense(side, first), { refused: "license_file_outdated" });
});

test("[FILE-9] requests for other products go on waiting", async (t) => {
  const server = await startFloatingServer(t, { licenses: [license] });
  const cam = makeLicense({ id: 2, product: makeProduct("cam") });
  const asked = granted(await writeActivationRequest(server.side, { product: "cam", licenseKey: "KEY-1" }));
  granted(await deactivateLicense(server.side, license.id));
  granted(await importLicense(server.side, await vendor.answerRequest(asked.file, cam)));
});

test("[FILE-9] of two deactivations at once one writes a request; a license that is not here has none", async (t) => {
  const { side } = await startFloatingServer(t, { licenses: [license] });
  const outcomes = await Promise.all([deactivateLicense(side, 1), deactivateLicense(side, 1)]);
  assert.equal(outcomes.filter((outcome) => "file" in outcome).length, 1);
  assert.deepEqual(await deactivateLicense(side, 1), { refused: "license_not_found" });
  assert.equal((await deactivationRequests(side, 1)).length, 1);
});

test("[FILE-9] the decision itself ends the seats, whatever the store does with those of a license that is gone", async () => {
  const store = new MemoryStore(new TestClock());
  await addLicense(store, license);
  await take(store);
  granted(await deactivateLicense({ store, hardwareId: "sk-1", credentials: REQUEST_KEYS }, license.id));
  assert.deepEqual(await store.seats(), []);
});

test("[FILE-9] without a license key the user name must be told, and without credentials nothing happens", async (t) => {
  const { side, store } = await startFloatingServer(t, { licenses: [license] });
  const byUser = makeLicense({ id: 2, product: { ...makeProduct("desk"), authorizationMethod: "user" } });
  const asked = granted(await writeActivationRequest(side, { product: "desk", username: "ada", password: "pw" }));
  granted(await importLicense(side, await vendor.answerRequest(asked.file, byUser)));
  assert.deepEqual(await deactivateLicense(side, 2), { refused: "missing_parameters", about: "username" });
  const outcome = await deactivateLicense({ ...side, credentials: undefined }, 1);
  assert.equal("refused" in outcome && outcome.refused, "validation_error");
  assert.equal((await store.licenses()).length, 2);
  const { username, licenseKey } = contentOf(granted(await deactivateLicense(side, 2, "ada")).file);
  assert.deepEqual([username, licenseKey], ["ada", undefined]);
});
