import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import { makeDevice, makeFeature, makeIssuedDetails, makeLicense } from "../../../test/support/make-license.ts";
import { makeRecord } from "../../../test/support/make-record.ts";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";
import { addLicense, change, look, take } from "../../../test/support/store-acts.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import { setVariables } from "../../domain/activation.ts";
import type { Scope } from "../../domain/decision.ts";
import { decideSeatRelease } from "../../domain/release-seat.ts";
import { openPostgresStore } from "./open-postgres-store.ts";

/*
 * Decisions that turn out to need what was not locked or read, many of them in one transaction.
 */

const server = await usePostgresServer({ after });
const MANY = 120;
const ids = Array.from({ length: MANY }, (_, at) => at + 1);

async function open(t: TestContext, { url, clock = new TestClock() }: { url?: string; clock?: TestClock } = {}) {
  const address = url ?? (await server.makeDatabase());
  const store = await openPostgresStore(address, { clock });
  t.after(() => store.close());
  return { url: address, clock, store };
}

test("[STORE-9] many new licenses at once are numbered in one transaction", async (t) => {
  const { store } = await open(t);
  const scope: Scope = { records: [{ kind: "product", field: "code", value: "cad" }] };
  const issue = () =>
    store.transact(scope, ({ nextIds: { license: id } }) => ({
      outcome: id,
      changes: [{ change: "put_license", license: makeLicense({ id }) }],
      events: [],
    }));
  const issued = await Promise.all(ids.map(issue));
  assert.equal(new Set(issued).size, MANY);
  assert.equal((await store.licenses()).length, MANY);
});

test("[TIME-1] a node that has seen nothing yet sweeps seats of many licenses", async (t) => {
  const { url, clock, store } = await open(t);
  for (const id of ids) await addLicense(store, makeLicense({ id }));
  await Promise.all(ids.map((licenseId) => take(store, { licenseId, ms: 1_000 })));
  const { store: fresh } = await open(t, { url, clock });
  clock.advance(2_000);
  await fresh.sweep();
  assert.deepEqual(await queryDatabase(url, "SELECT FROM seat"), []);
});

test("[TIME-1] a node that has seen nothing yet is asked about many pools whose seats have run out", async (t) => {
  const { url, clock, store } = await open(t);
  for (const id of ids) await addLicense(store, makeLicense({ id, features: [makeFeature({ capacity: 50 })] }));
  const takes = ids.flatMap((licenseId) => Array.from({ length: 30 }, (_, n) => ({ licenseId, holder: `h${n}` })));
  await Promise.all(takes.map((each) => take(store, { ...each, ms: 1_000 })));
  const { store: fresh } = await open(t, { url, clock });
  clock.advance(2_000);
  const asked = ids.map((licenseId) =>
    look(fresh, { license: { product: "cad", licenseId }, feature: "render", holder: "x" }),
  );
  for (const { featurePool } of await Promise.all(asked)) assert.equal(featurePool.inUse, 0);
});

test("[HOLD-1] a release with a hold tidies ended holds of many licenses", async (t) => {
  const { store } = await open(t);
  for (const id of ids) {
    await addLicense(store, makeLicense({ id }));
    const ended = { id, licenseId: id, featureId: 11, holder: "ann", until: START - 1, reason: null };
    await change(store, { change: "put_record", kind: "hold", record: ended });
  }
  const seat = await take(store, { ms: 60_000 });
  const scope: Scope = { license: { licenseId: 1 }, everySeat: true, everyRecord: ["hold"] };
  const { released } = await store.transact(scope, (view) =>
    decideSeatRelease(view, [seat.id], { channel: "onPremise", reason: null, holdMs: 1_000 }),
  );
  assert.equal(released.length, 1);
  assert.equal((await store.records("hold")).length, 1);
});

test("[DEV-6] variables that are set one after another have numbers of their own", async (t) => {
  const { store } = await open(t);
  await addLicense(store, makeLicense());
  await change(store, { change: "put_device", device: makeDevice() });
  for (const name of ["a", "b", "c"]) {
    await store.transact({ license: { licenseId: 1 }, device: "hw-1" }, (view) =>
      setVariables(view, view.device ?? makeDevice(), { [name]: "1" }),
    );
  }
  const [device] = await store.devices({ licenseId: 1 });
  assert.deepEqual(
    device?.variables.map(({ id }) => id),
    [1, 2, 3],
  );
});

test("[REC-1] a user who is renamed by the decision before is meant no longer by the old name", async (t) => {
  const { store } = await open(t);
  const user = { ...makeRecord("user", 5), username: "bob" };
  await change(store, { change: "put_record", kind: "user", record: user });
  const users = [{ userId: 5, maxActivations: 1, allowUnlimitedActivations: false }];
  await addLicense(store, makeLicense({ issued: makeIssuedDetails({ users }) }));
  const records = [{ kind: "user", field: "id", value: 5 }] as const;
  const meant = (username: string) => look(store, { license: { product: "cad", username }, records });
  assert.equal((await meant("bob")).license?.id, 1);
  const [, bob, rob] = await Promise.all([
    store.transact({ records }, () => ({
      outcome: undefined,
      changes: [{ change: "put_record", kind: "user", record: { ...user, username: "rob" } }],
      events: [],
    })),
    meant("bob"),
    meant("rob"),
  ]);
  assert.deepEqual([bob.userId, bob.license?.id], [undefined, undefined]);
  assert.deepEqual([rob.userId, rob.license?.id], [5, 1]);
});
