import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { ConsumptionTerms } from "../../src/domain/license.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { importMetered } from "./metered.ts";

const server = await startFloatingServer({ after });
const metered = (product: string, terms?: Partial<ConsumptionTerms>) => importMetered(server, product, terms);

const MAX = Number.MAX_SAFE_INTEGER;

test("[CONS-2] unlimited consumption beats all limits, up to 2^53−1", async () => {
  const { ways } = await metered("unlimited", { max: 1, unlimited: true });
  for (const { add, send, full } of ways) {
    assert.equal(await add(1_000), 1_000);
    assert.equal(await add(1, { max_overages: 0 }), 1_001);
    assert.equal(await add(MAX - 1_001), MAX);
    expectError(await send({}), full);
  }
});

test("[CONS-2] the overage is 0 unless the vendor allows overages, whatever its number", async () => {
  const { ways } = await metered("not allowed", { maxOverages: 5 });
  for (const { add, send, full } of ways) {
    assert.equal(await add(10), 10);
    expectError(await send({}), full);
    expectError(await send({ allow_overages: true, max_overages: 100 }), full);
  }
});

test("[CONS-2] with overages allowed, it is max_overages", async () => {
  const { ways } = await metered("five", { allowOverages: true, maxOverages: 5 });
  for (const { add, send, full } of ways) {
    assert.equal(await add(14), 14);
    expectError(await send({ consumptions: 2 }), full);
    assert.equal(await add(1), 15);
    expectError(await send({}), full);
  }
});

test("[CONS-2] with overages allowed, 0 means unlimited", async () => {
  const { ways } = await metered("no end", { allowOverages: true });
  for (const { routeName, send } of ways) {
    const reply = expectReply(routeName, await send({ consumptions: 1_000_000 }));
    assert.deepEqual([reply.total_consumptions, reply.allow_overages, reply.max_overages], [1_000_000, true, 0]);
  }
});

const none = [
  { allow_overages: false },
  { allow_overages: "false" },
  { allowOverages: false },
  { allowOverages: "false" },
  { max_overages: 0 },
  { max_overages: "0" },
  { allow_overages: false, max_overages: 3 },
];

for (const fields of none) {
  for (const maxOverages of [0, 5]) {
    const product = `${JSON.stringify(fields)} of ${maxOverages}`;
    test(`[CONS-4] ${product}: no overage for this and all later requests`, async () => {
      const { ways } = await metered(product, { allowOverages: true, maxOverages });
      for (const { routeName, add, send, full } of ways) {
        const reply = expectReply(routeName, await send({ consumptions: 10, ...fields }));
        assert.deepEqual([reply.allow_overages, reply.max_overages], [false, 0]);
        expectError(await send({}), full);
        expectError(await send({ allow_overages: true, max_overages: 100 }), full);
        assert.equal(await add(0), 10);
      }
    });
  }
}

test("[CONS-4] a request lowers the overage, and never raises it again", async () => {
  for (const maxOverages of [0, 8]) {
    const { ways } = await metered(`lower ${maxOverages}`, { allowOverages: true, maxOverages });
    for (const { routeName, add, send, full } of ways) {
      const shown = async (fields: object) => {
        const reply = expectReply(routeName, await send({ consumptions: 0, ...fields }));
        return [reply.allow_overages, reply.max_overages];
      };
      assert.deepEqual(await shown({ allow_overages: true, max_overages: 5 }), [true, 5]);
      assert.deepEqual(await shown({ max_overages: "7" }), [true, 5]);
      assert.deepEqual(await shown({ allowOverages: "true" }), [true, 5]);
      assert.deepEqual(await shown({ max_overages: 3 }), [true, 3]);
      assert.equal(await add(13), 13);
      expectError(await send({ max_overages: 100 }), full);
    }
  }
});

test("[CONS-4] a refused request lowers nothing", async () => {
  const { ways } = await metered("refused", { allowOverages: true, maxOverages: 5 });
  for (const { add, send, full } of ways) {
    expectError(await send({ consumptions: 11, max_overages: 0 }), full);
    expectError(await send({ consumptions: -1, allow_overages: false }), "negative_consumptions_not_allowed");
    assert.equal(await add(15), 15);
  }
});

test("[CONS-4] what was lowered stays lowered after a restart", async () => {
  const { ways } = await metered("restart", { allowOverages: true });
  for (const { add } of ways) assert.equal(await add(10, { max_overages: 2 }), 10);
  await server.restart();
  for (const { send, add, full } of ways) {
    expectError(await send({ consumptions: 3 }), full);
    assert.equal(await add(2), 12);
  }
});

test("[CONS-4] an addition within the maximum goes through although the overage is used up", async () => {
  const { ways } = await metered("above", { allowOverages: true, allowNegative: true });
  for (const { add, send, full } of ways) {
    assert.equal(await add(30), 30);
    expectError(await send({ consumptions: 1, allow_overages: false }), full);
    assert.equal(await add(-25, { allow_overages: false }), 5);
    assert.equal(await add(5), 10);
    expectError(await send({}), full);
  }
});
