import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FailureLimit } from "./failure-limit.ts";

function makeLimit(perMinute: number, maxKeys?: number) {
  const clock = { nowMs: 5_000.5 };
  const monotonic = () => clock.nowMs;
  const limit = new FailureLimit({ perMinute, monotonic, ...(maxKeys === undefined ? {} : { maxKeys }) });
  return { clock, limit };
}

test("[HMAC-4] as many failures as allowed a minute go through, the next one has to wait for the rest of it", () => {
  const { clock, limit } = makeLimit(60);
  for (let i = 0; i < 60; i++) {
    assert.equal(limit.fail("a"), undefined, `failure ${i + 1}`);
    clock.nowMs += 500;
  }
  assert.equal(limit.fail("a"), 30);
  clock.nowMs += 29_001;
  assert.equal(limit.fail("a"), 1);
  clock.nowMs += 998;
  assert.equal(limit.fail("a"), 1);
  clock.nowMs += 1;
  assert.equal(limit.fail("a"), undefined);
});

test("[HMAC-4] failing on while refused does not make the wait longer", () => {
  const { clock, limit } = makeLimit(1);
  limit.fail("a");
  for (let second = 0; second < 60; second++) {
    assert.equal(limit.fail("a"), 60 - second);
    clock.nowMs += 1_000;
  }
  assert.equal(limit.fail("a"), undefined);
});

test("[HMAC-4] each key has a limit of its own", () => {
  const { limit } = makeLimit(2);
  for (const key of ["a", "b", "a", "b", "A", ""]) assert.equal(limit.fail(key), undefined, key);
  assert.equal(limit.fail("a"), 60);
  assert.equal(limit.fail("b"), 60);
  assert.equal(limit.fail("A"), undefined);
  assert.equal(limit.fail(""), undefined);
});

test("[HMAC-4] with too many keys, the one whose minute began first is forgotten", () => {
  const { limit } = makeLimit(1, 2);
  for (const key of ["a", "b"]) limit.fail(key);
  assert.equal(limit.fail("a"), 60);
  assert.equal(limit.fail("b"), 60);
  assert.equal(limit.fail("c"), undefined, "a is forgotten");
  assert.equal(limit.fail("b"), 60);
  assert.equal(limit.fail("a"), undefined, "b is forgotten");
  assert.equal(limit.fail("c"), 60);
  assert.equal(limit.fail("b"), undefined);
});

test("[HMAC-4] ten thousand keys are counted at once, unless said otherwise", () => {
  const { limit } = makeLimit(1);
  for (let key = 0; key < 10_000; key++) limit.fail(`${key}`);
  assert.equal(limit.fail("0"), 60);
  limit.fail("one more");
  assert.equal(limit.fail("1"), 60);
  assert.equal(limit.fail("0"), undefined);
});

test("[HMAC-4] within any minute that starts with a failure, a key is let through as often as allowed, and no more", () => {
  const failures = fc.array(fc.record({ waitMs: fc.nat(20_000), key: fc.constantFrom("a", "b", "c") }));
  fc.assert(
    fc.property(failures, fc.integer({ min: 0, max: 5 }), (steps, perMinute) => {
      const { clock, limit } = makeLimit(perMinute);
      const began = new Map<string, { at: number; failures: number }>();
      for (const { waitMs, key } of steps) {
        clock.nowMs += waitMs;
        let minute = began.get(key);
        if (minute === undefined || clock.nowMs - minute.at >= 60_000) minute = { at: clock.nowMs, failures: 0 };
        began.set(key, { at: minute.at, failures: minute.failures + 1 });
        const expected =
          minute.failures < perMinute ? undefined : Math.ceil((minute.at + 60_000 - clock.nowMs) / 1_000);
        assert.equal(limit.fail(key), expected);
      }
    }),
  );
});
