import assert from "node:assert/strict";
import { after, test } from "node:test";
import { makeConsumption } from "../support/make-license.ts";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectReply } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
const consumption = makeConsumption({ max: 10 });
const metered = { type: "consumption", consumption } as const;

test("[CONS-6] a key that is sent again counts once, and is the device's own: another's is counted for itself", async () => {
  await makeProductWith(vendor.side, { code: "cad", name: "CAD" }, [
    { code: "pages", name: "Pages", type: "consumption", consumption },
  ]);
  const { details } = await makeIssued(vendor.side, { product: "cad", terms: metered });
  const deviceOf = (hardware_id: string) => ({ hardware_id, product: "cad", license_key: details.key });
  for (const hardwareId of ["a", "b"]) await vendor.post("/activate_license", deviceOf(hardwareId));
  for (const [route, name, more] of [
    ["/add_consumption", "addConsumption", {}],
    ["/add_feature_consumption", "addFeatureConsumption", { feature: "pages" }],
  ] as const) {
    const add = async (hardwareId: string, consumptions: number) => {
      const body = { ...deviceOf(hardwareId), ...more, consumptions };
      const reply = await vendor.post(route, body, { "idempotency-key": "1" });
      return (await expectReply(vendor, name, reply)).total_consumptions;
    };
    assert.deepEqual([await add("a", 2), await add("a", 2), await add("b", 5), await add("b", 5)], [2, 2, 7, 7], route);
    assert.equal(await add("a", 2), 2, "the first outcome is given again");
  }
});
