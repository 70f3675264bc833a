import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { ConsumptionTerms } from "../../src/domain/license.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { importMetered } from "./metered.ts";

const server = await startFloatingServer({ after });
const metered = (product: string, terms?: Partial<ConsumptionTerms>) => importMetered(server, product, terms);

const DAY_MS = 86_400_000;
const key = (text: string) => ({ "idempotency-key": text });

test("[CONS-6] the same key again answers the first reply, and counts nothing", async () => {
  const { ways } = await metered("again");
  for (const { routeName, send, add, total } of ways) {
    const first = await send({ consumptions: 2 }, key("k1"));
    assert.equal(expectReply(routeName, first).total_consumptions, 2);
    assert.equal(await add(3), 5);
    server.clock.advance(1_000);
    for (const consumptions of [2, 7]) {
      const again = await send({ consumptions }, key("k1"));
      assert.deepEqual([again.status, again.json], [200, first.json]);
    }
    assert.equal(await total(), 5);
  }
});

test("[CONS-6] requests that share a turn and a key count once", async () => {
  const { ways } = await metered("at once");
  for (const { send, total } of ways) {
    const replies = await Promise.all(Array.from({ length: 20 }, () => send({}, key("same"))));
    for (const reply of replies) assert.equal(reply.json.total_consumptions, 1);
    assert.equal(await total(), 1);
  }
});

test("[CONS-6] a refusal is kept like a reply, and given again although it would be granted now", async () => {
  const { ways } = await metered("refusal", { allowNegative: true });
  for (const { routeName, send, add, full, total } of ways) {
    assert.equal(await add(10), 10);
    expectError(await send({}, key("k")), full);
    assert.equal(await add(-5), 5);
    expectError(await send({}, key("k")), full);
    assert.equal(expectReply(routeName, await send({}, key("other"))).total_consumptions, 6);
    assert.equal(await total(), 6);
  }
});

test("[CONS-6] another key, another counter and another license are counted by themselves", async () => {
  const [one, two] = [await metered("one"), await metered("two")];
  for (const meter of [...one.ways, ...two.ways]) {
    await meter.send({}, key("shared"));
    await meter.send({}, key("Shared"));
    assert.equal(await meter.total(), 2);
  }
});

test("[CONS-6] whether the license is named or meant makes no difference to the key", async () => {
  const { license, ways } = await metered("named");
  for (const { send, total } of ways) {
    const first = await send({}, key("k"));
    const again = await send({ license_id: license.id }, key("k"));
    assert.deepEqual(again.json, first.json);
    assert.equal(await total(), 1);
  }
});

test("[CONS-6] a kept reply outlives a restart", async () => {
  const { ways } = await metered("restart");
  const first = await Promise.all(ways.map(({ send }) => send({ consumptions: 4 }, key("k"))));
  await server.restart();
  for (const [index, { send, total }] of ways.entries()) {
    assert.deepEqual((await send({ consumptions: 4 }, key("k"))).json, first[index]?.json);
    assert.equal(await total(), 4);
  }
});

test("[CONS-6] within 7 days it is given again, after that it is counted anew", async () => {
  const { ways, onLicense, onFeature } = await metered("week");
  for (const meter of ways) assert.equal((await meter.send({}, key("k"))).json.total_consumptions, 1);
  server.clock.advance(7 * DAY_MS - 1);
  assert.equal((await onLicense.send({}, key("k"))).json.total_consumptions, 1);
  server.clock.advance(1);
  assert.equal((await onFeature.send({}, key("k"))).json.total_consumptions, 2);
  assert.equal((await onLicense.send({}, key("k"))).json.total_consumptions, 2);
  assert.equal((await onLicense.send({}, key("k"))).json.total_consumptions, 2, "and kept again");
});

test("[CONS-6] what the license's state refuses is not kept", async () => {
  const { license, ways } = await metered("state");
  const off = { ...license, enabled: false };
  await server.refresh(off, Date.UTC(2026, 0, 2));
  for (const { send } of ways) expectError(await send({}, key("k")), "license_not_enabled");
  await server.refresh(license, Date.UTC(2026, 0, 3));
  for (const { send } of ways) assert.equal((await send({}, key("k"))).json.total_consumptions, 1);
  await server.refresh(off, Date.UTC(2026, 0, 4));
  for (const { send } of ways) expectError(await send({}, key("k")), "license_not_enabled");
});

test("[CONS-6] a request that is not valid is not kept either", async () => {
  const { ways } = await metered("invalid");
  for (const { send } of ways) {
    expectError(await send({ consumptions: "x" }, key("k")), "validation_error");
    assert.equal((await send({}, key("k"))).json.total_consumptions, 1);
  }
});

test("[CONS-6] a key has 1 to 255 characters", async () => {
  const { ways } = await metered("lengths");
  for (const { send, total } of ways) {
    assert.equal((await send({}, key("a".repeat(255)))).json.total_consumptions, 1);
    assert.equal((await send({}, key("a".repeat(255)))).json.total_consumptions, 1);
    for (const bad of ["", "a".repeat(256)])
      expectError(await send({}, key(bad)), "validation_error", "Idempotency-Key");
    assert.equal(await total(), 1);
  }
});
