import assert from "node:assert/strict";
import { after, test } from "node:test";
import { makeLicense } from "../../../test/support/make-license.ts";
import { takeOneOfTen } from "../../../test/support/pool-of-ten.ts";
import { usePostgresProxy } from "../../../test/support/postgres-proxy.ts";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";
import { addLicense } from "../../../test/support/store-acts.ts";
import { openPostgresStore } from "./open-postgres-store.ts";

const server = await usePostgresServer({ after });

for (const lost of ["request", "answer"] as const) {
  test(`[STORE-7] when the ${lost} of a commit is lost, it is read whether it happened, and nothing is done twice`, async (t) => {
    if (!server.isOurs) return t.skip("the server is not behind a socket of ours");
    const url = await server.makeDatabase();
    const proxy = await usePostgresProxy(t, url);
    const store = await openPostgresStore(proxy.url);
    t.after(() => store.close());
    await addLicense(store, makeLicense());
    for (let at = 1; at <= 10; at += 1) {
      proxy.cutAtCommit(lost);
      const seat = await takeOneOfTen(store, `user ${at}`);
      assert.ok(seat !== undefined);
      assert.equal(proxy.cuts, at);
      const held = (await store.seats()).map((each) => each.seat);
      assert.equal(held.length, at);
      assert.deepEqual(held.at(-1), seat);
    }
    assert.equal((await store.usage(1))?.inUse.get(11), 10);
    assert.deepEqual(await store.verifyEvents(), { events: 10, brokenAt: null });
  });
}

test("[STORE-7] when the answer to the question is lost too, what was not committed is not taken for it", async (t) => {
  if (!server.isOurs) return t.skip("the server is not behind a socket of ours");
  const proxy = await usePostgresProxy(t, await server.makeDatabase());
  const store = await openPostgresStore(proxy.url);
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  proxy.cutAtCommit("request");
  proxy.loseAnswerTo("take_mark");
  const seat = await takeOneOfTen(store, "ann");
  assert.equal(proxy.cuts, 2);
  assert.ok(seat !== undefined);
  assert.deepEqual(
    (await store.seats()).map((each) => each.seat),
    [seat],
  );
});

test("[STORE-7] a server that speaks another language refuses what it refuses, and nothing else", async (t) => {
  if (!server.isOurs) return t.skip("the server is not behind a socket of ours");
  const proxy = await usePostgresProxy(t, await server.makeDatabase());
  const store = await openPostgresStore(proxy.url);
  t.after(() => store.close());
  for (const id of [1, 2]) await addLicense(store, makeLicense({ id }));
  proxy.sayInsteadOfError("FEHLR");
  const [odd, good] = await Promise.allSettled([
    takeOneOfTen(store, "\ud800", 1).then(() => takeOneOfTen(store, "ann\0", 1)),
    takeOneOfTen(store, "ann", 2),
  ]);
  assert.equal(odd.status, "rejected");
  assert.equal((odd.reason as { code?: string }).code, "internal_error");
  assert.equal(good.status, "fulfilled");
});

test("[STORE-7] a commit that the server breaks off is done again, once", async (t) => {
  const url = await server.makeDatabase();
  const store = await openPostgresStore(url);
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  // The first commit of a seat is under way for long enough to be ended.
  await queryDatabase(
    url,
    `CREATE SEQUENCE commits;
     CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF nextval('commits') = 1 THEN PERFORM pg_sleep(30); END IF; RETURN NULL; END $$;
     CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON seat DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION dawdle()`,
  );
  const taken = takeOneOfTen(store, "ann");
  const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'";
  while ((await queryDatabase(url, end)).length === 0);
  const seat = await taken;
  assert.deepEqual(
    (await store.seats()).map((each) => each.seat),
    [seat],
  );
  assert.equal((await store.events(0, 10)).length, 1);
});

test("[STORE-7] a server that falls silent is given up, and taken up again when it answers", async (t) => {
  if (!server.isOurs) return t.skip("the server is not behind a socket of ours");
  const proxy = await usePostgresProxy(t, await server.makeDatabase());
  const store = await openPostgresStore(proxy.url, { answerWithinMs: 400 });
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  proxy.stall();
  await assert.rejects(takeOneOfTen(store, "ann"), { name: "Fault", code: "store_unavailable" });
  proxy.goOn();
  const seat = await takeOneOfTen(store, "bob");
  assert.deepEqual(
    (await store.seats()).map((each) => each.seat),
    [seat],
  );
  assert.equal((await store.usage(1))?.inUse.get(11), 1);
});
