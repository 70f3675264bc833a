import assert from "node:assert/strict";
import { once } from "node:events";
import { after, type TestContext, test } from "node:test";
import { openPostgresStore } from "../../src/store/postgres/open-postgres-store.ts";
import { makeLicense } from "../support/make-license.ts";
import { PoolNode } from "../support/pool-nodes.ts";
import { mostAtOnce, TEN } from "../support/pool-of-ten.ts";
import { usePostgresServer } from "../support/postgres-server.ts";
import { addLicense } from "../support/store-acts.ts";

const server = await usePostgresServer({ after });

/** How long nodes race, in seconds: a minute proves more, and takes longer. */
const RACE_SECONDS = Number(process.env["SEATKEEPER_TEST_RACE_SECONDS"] ?? 4);
const NODES = 4;
const CLIENTS = 16;

/** @param ofFirst how many clients the first node has */
async function startNodes(t: TestContext, ofFirst = CLIENTS) {
  const url = await server.makeDatabase();
  const store = await openPostgresStore(url);
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  const nodes = Array.from({ length: NODES }, (_, at) => new PoolNode(url, `node${at}`, at === 0 ? ofFirst : CLIENTS));
  t.after(() => nodes.map((node) => node.process.kill("SIGKILL")));
  await Promise.all(nodes.map(({ ready }) => ready));
  return { store, nodes };
}

test("[SEAT-2] [STORE-9] processes that race for one pool never have more seats out than there are", async (t) => {
  const { store, nodes } = await startNodes(t);
  const until = performance.now() + RACE_SECONDS * 1_000;
  let samples = 0;
  while (performance.now() < until) {
    const inUse = (await store.seats()).length;
    assert.ok(inUse <= TEN, `${inUse} of ${TEN} were seen out`);
    samples += 1;
  }
  await Promise.all(nodes.map((node) => node.stop()));
  const granted = nodes.reduce((sum, node) => sum + node.granted, 0);
  t.diagnostic(`${granted} granted, ${samples} samples, at most ${await mostAtOnce(store)} out at once`);
  assert.ok(granted > 10 * RACE_SECONDS, `${granted} were granted`);
  for (const node of nodes) assert.deepEqual([node.granted > 0, [...node.faults]], [true, []]);
  assert.equal(await mostAtOnce(store), TEN);
  assert.deepEqual(await store.seats(), []);
  assert.equal((await store.verifyEvents()).brokenAt, null);
});

test("[STORE-1] a node that is killed under load loses no seat that it answered, and the others go on", async (t) => {
  // What a node that is killed holds stays held until its timeout: it must not be every seat there is.
  const { store, nodes } = await startNodes(t, TEN - 2);
  const [killed, ...others] = nodes as [PoolNode, ...PoolNode[]];
  await killed.grantsMore(20);
  const closed = once(killed.process, "close");
  killed.process.kill("SIGKILL");
  await closed;
  await Promise.all(others.map((node) => node.grantsMore(20)));
  await Promise.all(others.map((node) => node.stop()));
  const held = new Set((await store.seats()).map(({ seat }) => seat.holder));
  const events = await store.events(0, 1_000_000, { holders: [...killed.told.keys()] });
  const last = new Map(events.map(({ holder, kind }) => [holder, kind]));
  for (const [holder, told] of killed.told) {
    // After a seat that was answered its end may have come, whose answer was on its way; or the other way round.
    const isKept = held.has(holder) === (last.get(holder) === "seat_granted");
    const grants = events.filter((event) => event.holder === holder && event.kind === "seat_granted").length;
    assert.ok(isKept && grants > 0, `${holder} was told ${told}`);
  }
  assert.ok((await mostAtOnce(store)) <= TEN);
  assert.equal((await store.verifyEvents()).brokenAt, null);
});
