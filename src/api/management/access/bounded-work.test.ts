import assert from "node:assert/strict";
import { test } from "node:test";
import { BoundedWork } from "./bounded-work.ts";

test("[ADMIN-4] so much is under way at once, so much waits, and what waits is done in its order", async () => {
  const work = new BoundedWork(2, 3);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const ask = (n: number) =>
    work.run(() => {
      started.push(n);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const asked: Promise<void>[] = [];
  for (let n = 1; n <= 5; n += 1) {
    assert.equal(work.isFull, false);
    asked.push(ask(n));
  }
  assert.equal(work.isFull, true);
  assert.deepEqual(started, [1, 2]);
  for (let n = 1; n <= 5; n += 1) {
    ends.shift()?.();
    await asked[n - 1];
    assert.equal(work.isFull, false);
  }
  assert.deepEqual(started, [1, 2, 3, 4, 5]);
});

test("[ADMIN-4] work that fails gives its place up, and its fault to who asked for it", async () => {
  const work = new BoundedWork(1, 0);
  const failing = work.run(() => Promise.reject(new Error("no memory")));
  assert.equal(work.isFull, true);
  await assert.rejects(failing, /no memory/);
  assert.equal(work.isFull, false);
  assert.equal(await work.run(async () => 7), 7);
});
