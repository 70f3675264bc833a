import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import { writeRequest } from "../../src/license-file/write-request.ts";
import * as operations from "../../src/management/operations/offline.ts";
import { describeMachine } from "../../src/use-cases/write-request.ts";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
const operator = await clientOf(vendor, "operator");
const hardwareId = "sk-1";

function requestFile(request: "activation" | "deactivation", licenseKey: string, requestId: string = randomUUID()) {
  const wish = { request, requestId, date: vendor.clock.wall(), product: "cad", hardwareId, licenseKey };
  return writeRequest({ ...wish, ...describeMachine() }, vendor.key);
}

test("[MANAGE-1] [FILE-8] a request is inspected, answered once, refreshed, and given back", async () => {
  const license = await makeIssued(side, { product: "cad" });
  const key = license.details.key ?? "";
  const file = requestFile("activation", key);
  const shows = { request: "activation", product: "cad", hardware_id: hardwareId, license: license.id };
  const inspected = expectReply(operations.inspectRequest, await operator.post("/requests/inspect", { file }));
  assert.partialDeepStrictEqual(inspected, { ...shows, is_answered: false, is_device_known: false });
  expectProblem(
    await operator.post(`/licenses/${license.id}/refresh-file`, { hardware_id: hardwareId }),
    404,
    "device_not_found",
  );

  const answer = expectReply(operations.answerRequest, await operator.post("/requests/answer", { file }));
  assert.equal(answer.request_id, inspected.request_id);
  assert.match(Buffer.from(answer.file, "base64").toString(), /offline_signature/);
  assert.equal((await operator.post("/requests/inspect", { file })).body.is_answered, true);
  const refresh = await operator.post(`/licenses/${license.id}/refresh-file`, { hardware_id: hardwareId });
  assert.match(Buffer.from(expectReply(operations.writeRefreshFile, refresh).file, "base64").toString(), /license/);

  const back = requestFile("deactivation", key);
  const done = await operator.post("/requests/deactivate", { file: back });
  assert.partialDeepStrictEqual(expectReply(operations.deactivateByRequest, done), { hardware_id: hardwareId });
  const devices = await operator.get(`/licenses/${license.id}/devices`);
  assert.equal(devices.body.data[0].is_active, false);
});

test("[MANAGE-1] a request that is not believed is refused with its reason, and changes nothing", async () => {
  const license = await makeIssued(side, { product: "cad" });
  const file = requestFile("activation", license.details.key ?? "");
  for (const path of ["/requests/inspect", "/requests/answer", "/requests/deactivate"]) {
    expectProblem(await operator.post(path, { file: "no request" }), 422, "request_file_invalid");
  }
  expectProblem(await operator.post("/requests/deactivate", { file }), 422, "request_file_invalid", /activation/);
  expectProblem(
    await operator.post("/requests/answer", { file: requestFile("activation", "NONE") }),
    404,
    "license_not_found",
  );
  assert.deepEqual((await operator.get(`/licenses/${license.id}/devices`)).body.data, []);
});
