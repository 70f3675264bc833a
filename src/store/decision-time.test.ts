import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { START, TestClock } from "../../test/support/test-clock.ts";
import { DecisionTime } from "./decision-time.ts";

test("[TIME-2] time follows the wall clock, forward jumps included", () => {
  const clock = new TestClock();
  const time = new DecisionTime(clock, 0);
  assert.equal(time.now(), START);
  clock.advance(5);
  assert.equal(time.now(), START + 5);
  clock.setWall(START + 3_600_000);
  assert.equal(time.now(), START + 3_600_000);
});

test("[TIME-2] a wall clock set back is passed over, counting on until it has caught up", () => {
  const clock = new TestClock();
  const time = new DecisionTime(clock, 0);
  assert.equal(time.now(), START);
  clock.setWall(START - 100);
  assert.equal(time.now(), START);
  clock.advance(60);
  assert.equal(time.now(), START + 60);
  clock.setWall(START + 60);
  clock.advance(1);
  assert.equal(time.now(), START + 61);
});

test("[TIME-2] time starts no earlier than the last committed decision, and goes on from there", () => {
  const clock = new TestClock();
  const time = new DecisionTime(clock, START + 1_000);
  assert.equal(time.now(), START + 1_000);
  clock.advance(400);
  assert.equal(time.now(), START + 1_400);
  clock.setWall(START + 1_500);
  assert.equal(time.now(), START + 1_500);
});

test("[TIME-2] fractions of a millisecond are not lost while the wall clock stands back", () => {
  const clock = new TestClock(START - 10_000);
  const time = new DecisionTime(clock, START);
  for (let step = 0; step < 1_000; step += 1) {
    clock.advance(0.5);
    time.now();
  }
  assert.equal(time.now(), START + 500);
});

const arbMoves = fc.array(
  fc.oneof(
    fc.record({ move: fc.constant("advance" as const), ms: fc.nat(1_000) }),
    fc.record({ move: fc.constant("set" as const), ms: fc.integer({ min: -5_000, max: 5_000 }) }),
    fc.record({ move: fc.constant("read" as const), ms: fc.constant(0) }),
  ),
  { maxLength: 60, size: "max" },
);

test("[TIME-2] whatever happens to the wall clock, time never goes back and goes on at least as fast as it passes", () => {
  fc.assert(
    fc.property(fc.integer({ min: -3_000, max: 3_000 }), arbMoves, (ahead, moves) => {
      const clock = new TestClock();
      const time = new DecisionTime(clock, START + ahead);
      let last = START + ahead;
      let readAt = clock.monotonic();
      for (const { move, ms } of moves) {
        if (move === "advance") clock.advance(ms);
        else if (move === "set") clock.setWall(clock.wall() + ms);
        else {
          const now = time.now();
          assert.ok(now >= last + clock.monotonic() - readAt, "it went slower than time passed");
          assert.ok(now >= clock.wall(), "it is behind the wall clock");
          last = now;
          readAt = clock.monotonic();
        }
      }
    }),
  );
});
