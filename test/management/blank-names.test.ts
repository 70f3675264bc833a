import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { activeLicense } from "../license-api/sample-devices.ts";
import { makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem } from "./expect-operation.ts";

const vendor = await startVendorServer({ after });
await makeProductWith(vendor.side, { code: "cad", name: "CAD" });
const { id } = await activeLicense(vendor, { product: "cad" }, ["hw-1"]);
const admin = await clientOf(vendor, "admin");

const BLANK = ["", " ", "\t\n "];

describe("names of the sender's own", () => {
  for (const name of BLANK) {
    const shown = JSON.stringify(name);

    it(`[MANAGE-2] a device's variable is not called ${shown}`, async () => {
      const path = `/licenses/${id}/devices/hw-1/variables`;
      const { param } = expectProblem(
        await admin.put(path, { variables: { a: "1", [name]: "2" } }),
        422,
        "validation_error",
        /must not have a blank name/,
      );
      assert.equal(param, "variables");
      assert.deepEqual((await admin.get(`/licenses/${id}/devices/hw-1`)).body.variables, []);
    });

    it(`[MANAGE-2] a custom field of a product or a license is not called ${shown}`, async () => {
      const custom_fields = [
        { name: "site", value: "Berlin" },
        { name, value: 1 },
      ];
      for (const reply of [
        await admin.post("/products", { code: "cam", name: "CAM", custom_fields }),
        await admin.patch("/products/cad", { custom_fields }),
        await admin.post("/licenses", { product: "cad", custom_fields }),
        await admin.patch(`/licenses/${id}`, { custom_fields }),
      ]) {
        const { param } = expectProblem(reply, 422, "validation_error", /must not be (blank|empty)/);
        assert.equal(param, "custom_fields.1.name");
      }
    });

    it(`[MANAGE-2] no value in metadata is called ${shown}`, async () => {
      const metadata = { [name]: 1 };
      for (const reply of [
        await admin.patch("/products/cad", { metadata }),
        await admin.post("/customers", { metadata }),
        await admin.patch(`/licenses/${id}`, { features: [{ code: "export", metadata }] }),
      ]) {
        const { errors } = expectProblem(reply, 422, "validation_error", /metadata must not have a blank name/);
        assert.match(errors[0].param, /metadata$/);
      }
    });
  }

  it("[MANAGE-2] what has a name and more is kept as it came", async () => {
    const custom_fields = [{ name: " site ", value: "Berlin", data_type: "text" }];
    const metadata = { " a": 1 };
    const changed = (await admin.patch(`/licenses/${id}`, { custom_fields, metadata })).body;
    assert.deepEqual([changed.custom_fields, changed.metadata], [custom_fields, metadata]);
    const set = await admin.put(`/licenses/${id}/devices/hw-1/variables`, { variables: { " ä": "1" } });
    assert.equal(set.body.variables[0].name, " ä");
  });
});
