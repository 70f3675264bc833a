import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import pino from "pino";
import { START, TestClock } from "../../test/support/test-clock.ts";
import { MemoryStore } from "../store/memory/memory-store.ts";
import { startRollingUpUsage } from "./roll-up-usage.ts";

const MINUTE = 60_000;

test("[USAGE-3] usage is rolled up at the start and each minute, until that is stopped", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const clock = new TestClock();
  const store = new MemoryStore(clock);
  const isRolledUpUntil = async (until: number) => {
    while ((await store.usagePosition())?.until !== until) await turn();
  };
  const stop = startRollingUpUsage(store, true, pino({ level: "silent" }));
  await isRolledUpUntil(START);
  clock.advance(MINUTE);
  t.mock.timers.tick(MINUTE);
  await isRolledUpUntil(START + MINUTE);
  stop();
  clock.advance(MINUTE);
  t.mock.timers.tick(MINUTE);
  for (let turns = 0; turns < 20; turns += 1) await turn();
  assert.equal((await store.usagePosition())?.until, START + MINUTE);
});
