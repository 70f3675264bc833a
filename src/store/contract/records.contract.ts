import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRecord, putRecord, recordKinds } from "../../../test/support/make-record.ts";
import { change, look } from "../../../test/support/store-acts.ts";
import { unchanged } from "../../domain/decision.ts";
import {
  type AnyRecordRef,
  FIRST_IDS,
  type RecordKind,
  type RecordRef,
  type Records,
  recordFields,
} from "../../domain/records.ts";
import type { StartStore } from "./start-store.ts";

/** The fields a kind is found by, and a record's values of them. */
function fieldsOf<Kind extends RecordKind>(kind: Kind, record: Records[Kind]) {
  return Object.entries(recordFields[kind]).map(([field, names]) => {
    const value = record[field as keyof Records[Kind]] as string | number;
    return { field: field as RecordRef<Kind>["field"], value, isUnique: names === "unique" };
  });
}

export function describeRecords(start: StartStore): void {
  for (const kind of recordKinds) {
    test(`[REC-1] a ${kind} is found by its id and by each of its fields, as it was put and as it was changed`, async (t) => {
      const { store } = await start(t);
      const [one, two] = [makeRecord(kind, 1), makeRecord(kind, 2)];
      await change(store, putRecord(kind, two), putRecord(kind, one));
      for (const record of [one, two]) {
        assert.deepEqual(await store.findRecord({ kind, field: "id", value: record.id }), record);
        for (const { field, value, isUnique } of fieldsOf(kind, record)) {
          // Of several the one with the lowest id.
          assert.deepEqual(await store.findRecord({ kind, field, value }), isUnique ? record : one);
          assert.deepEqual(await store.records(kind, { field, value }), isUnique ? [record] : [one, two]);
        }
      }
      const renamed = makeRecord(kind, 1, "renamed");
      await change(store, putRecord(kind, renamed));
      assert.deepEqual(await store.findRecord({ kind, field: "id", value: 1 }), renamed);
      for (const { field, value, isUnique } of fieldsOf(kind, one)) {
        if (isUnique) assert.equal(await store.findRecord({ kind, field, value }), undefined);
      }
      for (const { field, value } of fieldsOf(kind, renamed)) {
        assert.deepEqual(await store.findRecord({ kind, field, value }), renamed);
      }
      assert.deepEqual(await store.records(kind), [renamed, two]);
    });

    test(`[REC-1] a removed ${kind} is found no more, and its name is free`, async (t) => {
      const { store } = await start(t);
      const [one, two] = [makeRecord(kind, 1), makeRecord(kind, 2)];
      await change(store, putRecord(kind, one), putRecord(kind, two));
      await change(store, { change: "remove_record", kind, id: 1 });
      assert.equal(await store.findRecord({ kind, field: "id", value: 1 }), undefined);
      assert.deepEqual(await store.records(kind), [two]);
      await change(store, { change: "remove_record", kind, id: 1 });
      const again = makeRecord(kind, 3, `${kind} 1`);
      await change(store, putRecord(kind, again));
      assert.deepEqual(await store.records(kind), [two, again]);
    });

    test(`[REC-1] numbers of ${kind}s grow, and none is given again after a removal`, async (t) => {
      const { store } = await start(t);
      const next = async () => (await look(store, {})).nextIds;
      assert.deepEqual(await next(), FIRST_IDS);
      await change(store, putRecord(kind, makeRecord(kind, 4)));
      assert.deepEqual(await next(), { ...FIRST_IDS, [kind]: 5 });
      await change(store, putRecord(kind, makeRecord(kind, 2)));
      await change(store, { change: "remove_record", kind, id: 4 });
      assert.deepEqual(await next(), { ...FIRST_IDS, [kind]: 5 });
    });
  }

  test("[REC-1] kinds do not share ids: each has its own record of one id", async (t) => {
    const { store } = await start(t);
    await change(store, ...recordKinds.map((kind) => putRecord(kind, makeRecord(kind, 1, "same"))));
    for (const kind of recordKinds) assert.deepEqual(await store.records(kind), [makeRecord(kind, 1, "same")]);
    await change(store, { change: "remove_record", kind: "product", id: 1 });
    for (const kind of recordKinds) assert.equal((await store.records(kind)).length, kind === "product" ? 0 : 1);
  });

  test("[REC-1] names are compared exactly", async (t) => {
    const { store } = await start(t);
    const names = [
      "cad",
      "Cad",
      "cad ",
      "",
      "'; --",
      '"x"',
      "$.code",
      "c\\u0061d",
      "a%d",
      "ännä",
      "a\u0308nna\u0308",
      "😀",
    ];
    const others = ["__proto__", "7", "07", "null", "true", "x".repeat(10_000)];
    const all = [...names, ...others].map((name, at) => makeRecord("user", at + 1, name));
    await change(store, ...all.map((user) => putRecord("user", user)));
    for (const user of all) {
      const ref = { kind: "user", field: "username", value: user.username } as const;
      assert.deepEqual(await store.findRecord(ref), user);
      assert.deepEqual((await look(store, { records: [ref] })).records.get(ref), user);
    }
    for (const value of ["CAD", "cad\u0000", "x".repeat(9_999), 7]) {
      assert.equal(await store.findRecord({ kind: "user", field: "username", value }), undefined, String(value));
    }
    assert.equal(await store.findRecord({ kind: "user", field: "id", value: "7" }), undefined);
    assert.deepEqual(await store.records("user", { field: "id", value: "7" }), []);
  });

  for (const kind of recordKinds.filter((each) => Object.values<string>(recordFields[each]).includes("unique"))) {
    test(`[REC-1] a second ${kind} of one name is refused as a fault, with all of its decision`, async (t) => {
      const { store } = await start(t);
      const one = makeRecord(kind, 1, "same");
      await change(store, putRecord(kind, one));
      const second = change(
        store,
        putRecord(kind, makeRecord(kind, 2, "before")),
        putRecord(kind, makeRecord(kind, 3, "same")),
      );
      const neighbour = change(store, putRecord(kind, makeRecord(kind, 7, "other")));
      await assert.rejects(second, { name: "Fault", code: "internal_error" });
      await neighbour;
      assert.deepEqual(await store.records(kind), [one, makeRecord(kind, 7, "other")]);
      // Nor may one that is there become another's namesake.
      const renaming = change(store, putRecord(kind, makeRecord(kind, 7, "same")));
      await assert.rejects(renaming, { name: "Fault", code: "internal_error" });
      assert.deepEqual(await store.records(kind), [one, makeRecord(kind, 7, "other")]);
    });
  }

  test("[STORE-1] a view shows the records that its scope names, and none besides", async (t) => {
    const { store } = await start(t);
    const [product, user] = [makeRecord("product", 1, "cad"), makeRecord("user", 1, "ann")];
    await change(store, putRecord("product", product), putRecord("user", user));
    const named = { kind: "product", field: "code", value: "cad" } as const;
    const unknown = { kind: "product", field: "code", value: "cam" } as const;
    const byId = { kind: "user", field: "id", value: 1 } as const;
    const { records } = await look(store, { records: [named, unknown, byId] });
    assert.deepEqual([records.get(named), records.get(unknown), records.get(byId)], [product, undefined, user]);
    const notNamed: readonly AnyRecordRef[] = [
      { kind: "product", field: "id", value: 1 },
      { kind: "user", field: "username", value: "ann" },
      { kind: "policy", field: "id", value: 1 },
      { kind: "user", field: "id", value: "1" },
    ];
    for (const ref of notNamed) {
      assert.throws(() => records.get(ref as typeof named), /the scope does not name the record/);
    }
    const asking = store.transact({}, (view) => unchanged(view.records.get(named)));
    await assert.rejects(asking, /the scope does not name the record/);
  });

  test("[STORE-1] a view shows all records of a value, or of a kind, where its scope asks for them", async (t) => {
    const { store } = await start(t);
    const policies = [1, 2, 3].map((id) => ({ ...makeRecord("policy", id), productId: id === 2 ? 8 : 7 }));
    await change(store, ...policies.toReversed().map((policy) => putRecord("policy", policy)));
    const [ofSeven, ofNine] = [7, 9].map((value) => ({ kind: "policy", field: "productId", value }) as const);
    assert.ok(ofSeven !== undefined && ofNine !== undefined);
    const { records } = await look(store, { records: [ofSeven, ofNine], everyRecord: ["policy", "bundle"] });
    assert.deepEqual([records.all(ofSeven), records.get(ofSeven)], [[policies[0], policies[2]], policies[0]]);
    assert.deepEqual([records.all(ofNine), records.get(ofNine)], [[], undefined]);
    assert.deepEqual([records.every("policy"), records.every("bundle")], [policies, []]);
    assert.throws(() => records.every("user"), /the scope does not name every user/);
  });

  test("[STORE-2] what one decision of a turn puts, the next one of that turn sees", async (t) => {
    const { store } = await start(t);
    const ref = { kind: "product", field: "code", value: "cad" } as const;
    const make = () =>
      store.transact({ records: [ref] }, ({ records, nextIds }) => {
        const known = records.get(ref);
        if (known !== undefined) return unchanged(`there is ${known.id}`);
        const put = putRecord("product", makeRecord("product", nextIds.product, "cad"));
        return { outcome: `made ${nextIds.product}`, changes: [put], events: [] };
      });
    assert.deepEqual(await Promise.all([make(), make()]), ["made 1", "there is 1"]);
  });

  test("[STORE-1] a record that is changed by who put it is as it was put", async (t) => {
    const { store } = await start(t);
    const metadata: { given: number } = { given: 1 };
    await change(store, putRecord("product", { ...makeRecord("product", 1, "cad"), metadata }));
    metadata.given = 2;
    assert.deepEqual((await store.findRecord({ kind: "product", field: "id", value: 1 }))?.metadata, { given: 1 });
  });
}
