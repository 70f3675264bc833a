import assert from "node:assert/strict";
import { after, test } from "node:test";
import { cloudTerms, makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem } from "./expect-operation.ts";

const consumption = {
  max: 10,
  unlimited: false,
  allowNegative: false,
  allowOverages: false,
  maxOverages: 0,
  resets: null,
  initialTotal: 0,
} as const;

const vendor = await startVendorServer({ after });
await makeProductWith(vendor.side, { code: "cad", name: "CAD" }, [
  { code: "export", name: "Export", capacity: 3, ...cloudTerms },
  { code: "pages", name: "Pages", type: "consumption", consumption },
]);
const admin = await clientOf(vendor, "admin");

/** Sends all of them at once. */
async function changeAtOnce(path: string, bodies: readonly object[]): Promise<void> {
  for (const { status, body } of await Promise.all(bodies.map((body) => admin.patch(path, body)))) {
    assert.equal(status, 200, JSON.stringify(body));
  }
}

test("[MANAGE-5] changes of different fields of a product's feature at the same time are all kept", async () => {
  const floats = [{ offline_floating: true }, { cloud_floating: false }];
  await changeAtOnce("/products/cad/features/export", [...floats, { seats: 9 }]);
  assert.partialDeepStrictEqual((await admin.get("/products/cad/features/export")).body, {
    offline_floating: true,
    cloud_floating: false,
    seats: 9,
  });
  const counted = [{ max_consumptions: 50 }, { allow_overages: true }, { consumption_resets: "daily" }];
  await changeAtOnce("/products/cad/features/pages", counted);
  assert.partialDeepStrictEqual((await admin.get("/products/cad/features/pages")).body, Object.assign({}, ...counted));
});

test("[MANAGE-5] changes of different terms of a license at the same time are all kept, of its features too", async () => {
  const terms = { type: "consumption", max_consumptions: 1 };
  const { id } = (await admin.post("/licenses", { product: "cad", ...terms })).body;
  const changes = [{ max_consumptions: 7 }, { max_overages: 2 }, { offline_floating: true }, { cloud_floating: true }];
  await changeAtOnce(`/licenses/${id}`, [{ timeout_seconds: 60 }]);
  await changeAtOnce(`/licenses/${id}`, changes);
  assert.partialDeepStrictEqual((await admin.get(`/licenses/${id}`)).body, Object.assign({}, ...changes));

  const ofFeatures = [{ max_consumptions: 70 }, { allow_overages: true }, { allow_negative_consumptions: true }];
  await changeAtOnce(
    `/licenses/${id}`,
    ofFeatures.map((each) => ({ features: [{ code: "export" }, { code: "pages", ...each }] })),
  );
  const { features } = (await admin.get(`/licenses/${id}`)).body;
  assert.partialDeepStrictEqual(features[1], Object.assign({ code: "pages" }, ...ofFeatures));
});

test("[MANAGE-1] a change of a feature that is not there, or of a license that is not, is refused as before", async () => {
  expectProblem(await admin.patch("/products/cad/features/none", { seats: 1 }), 404, "does_not_exist", /feature none/);
  expectProblem(
    await admin.patch("/products/none/features/export", { seats: 1 }),
    404,
    "does_not_exist",
    /product none/,
  );
  expectProblem(await admin.patch("/licenses/99", { seats: 1 }), 404, "does_not_exist", /license 99/);
});
