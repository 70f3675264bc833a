import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { License } from "../../src/domain/license.ts";
import { readRequestFile } from "../../src/license-file/read-request.ts";
import * as operations from "../../src/management/operations/imports.ts";
import { startFloatingServer, vendor } from "../support/floating-server.ts";
import { ISSUED_AT, REQUEST_KEYS } from "../support/license-files.ts";
import { makeFeature, makeLicense, makeProduct } from "../support/make-license.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";

const floats = { onPremise: true, cloud: false };

function licenseOf(seats: number, overrides: Partial<License> = {}): License {
  return makeLicense({ features: [makeFeature({ id: 11, code: "render", floats, capacity: seats })], ...overrides });
}

async function startSite(t: TestContext, licenses: readonly License[] = []) {
  const server = await startFloatingServer(t, { licenses });
  return { server, operator: await clientOf(server, "operator", "operator") };
}

function fieldsOf(file: string) {
  const request = readRequestFile(file);
  if ("problem" in request) assert.fail(request.problem);
  assert.ok(request.isSignedBy(REQUEST_KEYS.sharedKey));
  return request.fields;
}

test("[MANAGE-1] [FILE-6] a request is written, its answer tried out, and then imported", async (t) => {
  const { server, operator } = await startSite(t);
  const wish = { product: "cad", license_key: "KEY-1" };
  const written = expectReply(operations.createRequest, await operator.post("/requests", wish));
  assert.equal(fieldsOf(written.file)["request_id"], written.request_id);
  const file = await vendor.answerRequest(written.file, licenseOf(2));

  const before = await server.store.events(0, 1_000);
  const tried = expectReply(operations.importLicense, await operator.post("/licenses/import", { file, dry_run: true }));
  assert.deepEqual([tried.result, tried.license.product, tried.changes], ["new", "cad", []]);
  assert.deepEqual(await server.store.licenses(), []);
  assert.deepEqual(await server.store.events(0, 1_000), before);

  const taken = expectReply(operations.importLicense, await operator.post("/licenses/import", { file }));
  assert.deepEqual([taken.result, taken.license.features[0].seats], ["new", 2]);
  const event = (await server.store.events(0, 1_000)).at(-1);
  assert.equal(event?.kind, "license_imported");
  assert.equal(JSON.parse(event?.data ?? "{}").actor.token, "operator");
  const again = await operator.post("/licenses/import", { file });
  assert.deepEqual([again.body.result, again.body.changes], ["unchanged", []]);
  const { data } = expectReply(operations.listRequests, await operator.get("/requests?kind=activation"));
  assert.deepEqual(
    data.map(({ request_id, license, is_closed, file: text }: Record<string, unknown>) => {
      return [request_id, license, is_closed, text];
    }),
    [[written.request_id, 1, true, null]],
  );
});

test("[FILE-5] what a refresh would change is told before it does, field by field", async (t) => {
  const { server, operator } = await startSite(t, [licenseOf(2)]);
  assert.equal(
    (await server.post("/api/v4/featureRegister", { product: "cad", feature: "render", user: "a" })).status,
    200,
  );
  const later = licenseOf(5, { validUntil: Date.UTC(2030, 0, 1) });
  const file = await vendor.refresh(later, server.hardwareId, ISSUED_AT + 1_000);
  const changes = [
    { field: "valid_until", before: null, after: "2030-01-01T00:00:00.000Z" },
    { field: "features.render.seats", before: 2, after: 5 },
  ];
  for (const dry_run of [true, true, false]) {
    const reply = expectReply(operations.importLicense, await operator.post("/licenses/import", { file, dry_run }));
    assert.equal(reply.result, "updated");
    assert.deepEqual(reply.changes, changes);
    const [known] = await server.store.licenses();
    assert.equal(known?.features[0]?.capacity, dry_run ? 2 : 5);
  }
});

test("[FILE-4] a dry run refuses what an import would, and neither changes anything", async (t) => {
  const { server, operator } = await startSite(t, [licenseOf(2)]);
  const cases = [
    ["not a license file", 422, "license_file_invalid"],
    [await vendor.answer(licenseOf(3), "sk-other"), 409, "hardware_id_mismatch"],
    [await vendor.answer(licenseOf(3), server.hardwareId, ISSUED_AT + 1), 409, "offline_request_unknown"],
    [await vendor.refresh(licenseOf(3), server.hardwareId, ISSUED_AT - 1), 409, "license_file_outdated"],
  ] as const;
  for (const [file, status, code] of cases) {
    for (const dry_run of [true, false]) {
      expectProblem(await operator.post("/licenses/import", { file, dry_run }), status, code);
    }
  }
  const refresh = await vendor.refresh(licenseOf(3), server.hardwareId, ISSUED_AT + 1);
  const other = await operator.post("/licenses/import", { file: refresh, product: "cam", dry_run: true });
  expectProblem(other, 422, "license_file_invalid", /product/);
  assert.equal((await server.store.licenses())[0]?.features[0]?.capacity, 2);
});

test("[FILE-9] a license is given back over the management API, and the file stays there", async (t) => {
  const { server, operator } = await startSite(t, [licenseOf(2)]);
  await server.post("/api/v4/featureRegister", { product: "cad", feature: "render", user: "ann" });
  const path = "/licenses/1/request-deactivation";
  const { request_id, file } = expectReply(operations.removeLicense, await operator.post(path));
  assert.deepEqual([fieldsOf(file)["request"], fieldsOf(file)["license_id"]], ["deactivation", 1]);
  assert.deepEqual([await server.store.licenses(), await server.store.seats()], [[], []]);
  expectProblem(await operator.post(path), 404, "license_not_found");
  const { data } = expectReply(operations.listRequests, await operator.get("/requests?kind=deactivation"));
  assert.deepEqual([data[0].request_id, data[0].file, data[0].license], [request_id, file, 1]);
});

test("[MANAGE-2] a request that cannot be written says what is missing", async (t) => {
  const { operator } = await startSite(t);
  expectProblem(await operator.post("/requests", {}), 422, "missing_parameters", /product/);
  expectProblem(await operator.post("/requests", { product: "cad" }), 422, "missing_parameters", /license_key/);
  const both = { product: "cad", license_key: "K", username: "ada", password: "pw" };
  expectProblem(await operator.post("/requests", both), 422, "validation_error", /license_key and username/);
  expectProblem(await operator.post("/licenses/import", {}), 422, "validation_error", /file/);
});

test("[FILE-8] a request that was answered takes no other answer", async (t) => {
  const { server, operator } = await startSite(t);
  const { body } = await operator.post("/requests", { product: "cad", license_key: "KEY-1" });
  await operator.post("/licenses/import", { file: await vendor.answerRequest(body.file, licenseOf(2)) });
  const file = await vendor.answerRequest(body.file, licenseOf(9), ISSUED_AT + 1_000);
  for (const dry_run of [true, false]) {
    expectProblem(await operator.post("/licenses/import", { file, dry_run }), 409, "offline_request_reused");
  }
  assert.equal((await server.store.licenses())[0]?.features[0]?.capacity, 2);
});

test("[FILE-9] a license of a user-based product is given back by its user, and asked for again by nobody else", async (t) => {
  const { server, operator } = await startSite(t);
  const { body } = await operator.post("/requests", { product: "desk", username: "ada", password: "pw" });
  const license = makeLicense({ product: { ...makeProduct("desk"), authorizationMethod: "user" } });
  await operator.post("/licenses/import", { file: await vendor.answerRequest(body.file, license) });
  expectProblem(await operator.post("/requests", { license_id: 9 }), 404, "license_not_found");
  expectProblem(await operator.post("/requests", { license_id: 1 }), 422, "missing_parameters", /username, password/);
  const path = "/licenses/1/request-deactivation";
  expectProblem(await operator.post(path), 422, "missing_parameters", /username/);
  assert.equal((await server.store.licenses()).length, 1);
  const written = expectReply(operations.removeLicense, await operator.post(path, { username: "ada" }));
  assert.equal(fieldsOf(written.file)["username"], "ada");
});

test("[MANAGE-1] viewers neither import nor give back, and a vendor's server has none of it", async (t) => {
  const { server } = await startSite(t, [licenseOf(2)]);
  const viewer = await clientOf(server, "viewer");
  const posts = [
    ["/licenses/import", { file: "x" }],
    ["/licenses/1/request-deactivation", {}],
    ["/requests", { product: "cad", license_key: "KEY-1" }],
  ] as const;
  for (const [path, body] of posts) expectProblem(await viewer.post(path, body), 403, "forbidden");
  expectProblem(await viewer.get("/requests"), 403, "forbidden");
  assert.equal((await server.store.licenses()).length, 1);
  const atVendor = await clientOf(await startVendorServer(t), "admin");
  // Where the vendor has the path for something else, it says by which methods.
  for (const [path, body] of posts) assert.ok([404, 405].includes((await atVendor.post(path, body)).status), path);
});
