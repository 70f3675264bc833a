import assert from "node:assert/strict";
import { test } from "node:test";
import { TestClock } from "../../../../test/support/test-clock.ts";
import { LockOut } from "./lock-out.ts";

const wrong = async () => false;
const right = async () => true;

function start() {
  const clock = new TestClock();
  const lockOut = new LockOut(() => clock.monotonic());
  /** @returns for how many seconds the name is locked after another wrong password */
  const fail = async (name = "ann") => {
    await lockOut.attempt(name, wrong);
    return lockOut.waitMs(name) / 1_000;
  };
  return { clock, lockOut, fail };
}

test("[ADMIN-4] four tries are free, the fifth locks for a second, each further one twice as long, up to 15 minutes", async () => {
  const { clock, lockOut, fail } = start();
  const waits: number[] = [];
  for (let tries = 1; tries <= 18; tries += 1) {
    waits.push(await fail());
    clock.advance(lockOut.waitMs("ann"));
  }
  assert.deepEqual(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
});

test("[ADMIN-4] a lock ends at its time and not before, and setting the wall clock does not move it", async () => {
  const { clock, lockOut, fail } = start();
  for (let tries = 1; tries <= 15; tries += 1) await fail();
  assert.equal(lockOut.waitMs("ann"), 900_000);
  clock.setWall(0);
  clock.advance(899_999);
  assert.equal(lockOut.waitMs("ann"), 1);
  clock.advance(1);
  assert.equal(lockOut.waitMs("ann"), 0);
});

test("[ADMIN-4] a right password forgets the wrong ones, and of nobody else", async () => {
  const { lockOut, fail } = start();
  for (let tries = 1; tries <= 4; tries += 1) await Promise.all([fail("ann"), fail("bob")]);
  await lockOut.attempt("ann", right);
  assert.deepEqual([await fail("ann"), await fail("bob")], [0, 1]);
});
