import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLicense } from "../../../test/support/make-license.ts";
import { makeRecord, putRecord } from "../../../test/support/make-record.ts";
import { addLicense, change, look } from "../../../test/support/store-acts.ts";
import type { StartStore } from "./start-store.ts";

const hold = makeRecord("hold", 1);
const scope = { license: { licenseId: hold.licenseId }, holder: hold.holder };

export function describeHolds(start: StartStore): void {
  test("[HOLD-1] a view shows the holds on its holder of its license, as long as they last", async (t) => {
    const { store, clock } = await start(t);
    for (const id of [hold.licenseId, 2]) await addLicense(store, makeLicense({ id }));
    const others = [
      { ...hold, id: 2, holder: "hw-2" },
      { ...hold, id: 3, licenseId: 2 },
    ];
    const second = { ...hold, id: 4, featureId: 12 };
    await change(store, ...[hold, ...others, second].map((each) => putRecord("hold", each)));
    assert.deepEqual((await look(store, scope)).holds, [hold, second]);
    assert.deepEqual((await look(store, { ...scope, holder: "nobody" })).holds, []);
    assert.deepEqual((await look(store, { license: scope.license })).holds, []);
    assert.deepEqual((await look(store, {})).holds, []);

    const moved = { ...second, holder: "hw-2" };
    await change(store, putRecord("hold", moved));
    assert.deepEqual((await look(store, scope)).holds, [hold]);
    await change(store, { change: "remove_record", kind: "hold", id: hold.id });
    assert.deepEqual((await look(store, scope)).holds, []);
    clock.advance(999_999);
    assert.equal((await look(store, { ...scope, holder: "hw-2" })).holds.length, 2);
    clock.advance(1);
    assert.deepEqual((await look(store, { ...scope, holder: "hw-2" })).holds, []);
  });
}
