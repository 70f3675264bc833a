import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { isRefused } from "../../src/domain/outcome.ts";
import { openPostgresStore } from "../../src/store/postgres/open-postgres-store.ts";
import type { Store } from "../../src/store/store.ts";
import { checkOutFeature } from "../../src/use-cases/check-out.ts";
import { Readiness } from "../../src/use-cases/readiness.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { usePostgresPair } from "../support/postgres-pair.ts";
import { queryDatabase } from "../support/postgres-server.ts";
import { addLicense } from "../support/store-acts.ts";

/** Two servers of our own are needed. */
const options = { skip: process.env["SEATKEEPER_TEST_DATABASE_URL"] !== undefined };
const CLIENTS = 8;
const SEATS = 100_000;
const license = makeLicense({ capacity: SEATS, features: [makeFeature({ capacity: SEATS })] });
const feature = license.features[0]?.code ?? "";

/** @returns whether it was granted; a store that is away answers by an error */
async function takeSeat(store: Store, holder: string): Promise<boolean> {
  const context = { store, channel: "onPremise", graceMs: 0 } as const;
  const command = { license: { licenseId: license.id }, holder, borrow: "none", details: {} } as const;
  return !isRefused(await checkOutFeature(context, feature, command));
}

test(
  "[STORE-7] [STORE-9] with synchronous replication no seat that was answered is lost with its primary",
  options,
  async (t) => {
    const pair = await usePostgresPair(t);
    const nodes = await Promise.all([openPostgresStore(pair.url), openPostgresStore(pair.url)]);
    const [node] = nodes as [Store, Store];
    t.after(() => Promise.all(nodes.map((each) => each.close())));
    await addLicense(node, license);
    const answered: string[] = [];
    let isOver = false;
    const takeSeats = async (client: number) => {
      for (let at = 0; !isOver; at += 1) {
        const holder = `user ${client} ${at}`;
        const isGranted = await takeSeat(nodes[client % nodes.length] as Store, holder).catch(() => false);
        if (isGranted) answered.push(holder);
      }
    };
    const moreThan = async (seats: number) => {
      while (answered.length < seats) await pause(10);
    };
    const clients = Array.from({ length: CLIENTS }, (_, client) => takeSeats(client));
    await moreThan(200);
    await pair.primary.stop("SIGKILL");
    const before = answered.length;
    await queryDatabase(pair.standby.url, "SELECT pg_promote()");
    pair.leadTo(pair.standby);
    const begunAt = performance.now();
    await moreThan(before + 1);
    t.diagnostic(`${before} seats before; answered again after ${Math.round(performance.now() - begunAt)} ms`);
    await moreThan(before + 200);
    isOver = true;
    await Promise.all(clients);
    const kept = new Set((await node.seats()).map(({ seat }) => seat.holder));
    assert.deepEqual(
      answered.filter((holder) => !kept.has(holder)),
      [],
    );
    assert.equal((await node.verifyEvents()).brokenAt, null);
  },
);

test(
  "[STORE-7] a seat that no standby has yet is not answered; [OPS-3] a node that waits for one is ready",
  options,
  async (t) => {
    const pair = await usePostgresPair(t);
    const node = await openPostgresStore(pair.url);
    t.after(() => node.close());
    await addLicense(node, license);
    await pair.standby.stop("SIGINT");
    let isAnswered = false;
    const taking = takeSeat(node, "ada").finally(() => {
      isAnswered = true;
    });
    const waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    while ((await queryDatabase(pair.primary.url, waits)).length === 0) await pause(10);
    await new Readiness(node).check();
    assert.equal(isAnswered, false);
    await pair.standby.start();
    assert.equal(await taking, true);
  },
);

test("[STORE-9] a standby is not decided on, even where the address leads to it", options, async (t) => {
  const pair = await usePostgresPair(t);
  const node = await openPostgresStore(pair.url);
  t.after(() => node.close());
  await addLicense(node, license);
  pair.leadTo(pair.standby);
  await assert.rejects(takeSeat(node, "ada"), { code: "store_unavailable" });
  await assert.rejects(new Readiness(node).check(), { code: "store_unavailable" });
  pair.leadTo(pair.primary);
  while (!(await takeSeat(node, "ada").catch(() => false))) await pause(10);
});
