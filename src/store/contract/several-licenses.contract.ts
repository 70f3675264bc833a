import assert from "node:assert/strict";
import { test } from "node:test";
import { makeIssuedDetails, makeLicense, makeProduct } from "../../../test/support/make-license.ts";
import { makeRecord, putRecord } from "../../../test/support/make-record.ts";
import { change, look } from "../../../test/support/store-acts.ts";
import type { LicenseNames, Scope } from "../../domain/decision.ts";
import type { Issued, License } from "../../domain/license.ts";
import type { StartStore } from "./start-store.ts";

function issued(id: number, product: string, details: Partial<Issued> = {}): License {
  return { ...makeLicense({ id, product: makeProduct(product) }), issued: makeIssuedDetails(details) };
}

/** Decisions about what licenses share see all of them, and what else is there of a kind. */
export function describeSeveralLicenses(start: StartStore): void {
  test("[STORE-1] a view shows every license that one of the scope's names fits, once, in the order they came", async (t) => {
    const { store } = await start(t);
    const licenses = [
      issued(3, "cad", { customerId: 1, policyId: 1 }),
      issued(1, "cam", { customerId: 1, orderId: 1 }),
      issued(2, "cad", { customerId: 2, policyId: 2 }),
    ];
    await change(store, ...licenses.map((license) => ({ change: "put_license", license }) as const));
    const ids = async (...names: LicenseNames[]) =>
      (await look(store, { licenses: names })).licenses.map(({ id }) => id);
    assert.deepEqual(await ids({ product: "cad" }), [3, 2]);
    assert.deepEqual(await ids({ product: "cad" }, { customerId: 1 }), [3, 1, 2]);
    assert.deepEqual(await ids({ product: "cad", customerId: 1 }), [3]);
    assert.deepEqual(await ids({ policyId: 2 }, { orderId: 1 }), [1, 2]);
    assert.deepEqual(await ids({ username: "nobody" }, { product: "none" }), []);
    assert.deepEqual((await look(store, { license: { product: "cad" } })).licenses, []);
    await change(store, { change: "put_license", license: issued(3, "cad") });
    assert.deepEqual(await ids({ customerId: 1 }), [1], "a license goes by the names it has now");
    await change(store, { change: "remove_license", licenseId: 1 });
    assert.deepEqual(await ids({ customerId: 1 }), []);
  });

  test("[STORE-1] a view shows all records of a field's value, and every record of a kind", async (t) => {
    const { store } = await start(t);
    const policies = [makeRecord("policy", 1, "a"), makeRecord("policy", 2, "b")];
    const scope: Scope = {
      records: [{ kind: "policy", field: "productId", value: 7 }],
      everyRecord: ["policy", "bundle"],
    };
    const none = await look(store, scope);
    assert.deepEqual(none.records.every("policy"), []);
    await change(store, ...policies.map((policy) => putRecord("policy", policy)));
    const { records } = await look(store, scope);
    assert.deepEqual(records.all({ kind: "policy", field: "productId", value: 7 }), policies);
    assert.deepEqual([records.every("policy"), records.every("bundle")], [policies, []]);
    assert.equal(records.has({ kind: "policy", field: "productId", value: 7 }), true);
    assert.throws(() => records.every("user"), /does not name every user/);
    assert.throws(() => records.all({ kind: "policy", field: "id", value: 1 }), /does not name/);
  });
}
