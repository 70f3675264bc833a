// SEATKEEPER_TEST_SEED=17 runs one seed alone; SEATKEEPER_TEST_SEEDS=1000 runs that many.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../src/domain/instant.ts";
import type { Seat } from "../../src/domain/seat.ts";
import type { Store } from "../../src/store/store.ts";
import { useTempFolder } from "../support/temp-folder.ts";
import { Invariants } from "./invariants.ts";
import { contextOf, firstImports, type Operation, randomOperation } from "./operations.ts";
import { Random } from "./random.ts";
import { Site } from "./site.ts";

const OPERATIONS = 500;
const COMPARE_EVERY = 25;

const oneSeed = process.env["SEATKEEPER_TEST_SEED"];
const count = Number(process.env["SEATKEEPER_TEST_SEEDS"] ?? 100);
const seeds = oneSeed === undefined ? Array.from({ length: count }, (_, at) => at) : [Number(oneSeed)];

for (const seed of seeds) {
  // Every second seed starts operations one by one, the others start several in one turn, so that they share a commit.
  const most = seed % 2 === 0 ? 1 : 8;
  test(`[STORE-1] [SEAT-2] SQLite behaves as the memory store: seed ${seed}, up to ${most} at once`, async (t) => {
    const site = new Site(useTempFolder(t));
    t.after(() => site.close());
    const log: string[] = [];
    try {
      await runSeed(site, new Random(seed), most, log);
    } catch (error) {
      const last = log.slice(-12).join("\n  ");
      throw new Error(`SEATKEEPER_TEST_SEED=${seed} failed after:\n  ${last}`, { cause: error });
    }
  });
}

async function runSeed(site: Site, random: Random, most: number, log: string[]): Promise<void> {
  const invariants = new Invariants();
  let operations = 0;
  for (let step = 0; operations < OPERATIONS; step += 1) {
    if (step > 0 && random.chance(0.25)) await passTime(site, random, log);
    if (step > 0 && random.chance(0.02)) await restart(site, random, log);
    const batch = step === 0 ? firstImports(random) : randomBatch(site, random, random.between(1, most));
    operations += batch.length;
    log.push(batch.map(({ name }) => name).join(" | "));
    assert.deepEqual(await runAll(site, batch, "sqlite"), await runAll(site, batch, "memory"));
    await invariants.check(site.sqlite);
    if (step % COMPARE_EVERY === 0) await compare(site);
  }
  await Promise.all([site.sqlite.sweep(), site.memory.sweep()]);
  await compare(site);
  await compareEvents(site);
}

/** Started in one turn. A failure is told by its message. */
async function runAll(site: Site, batch: readonly Operation[], which: "sqlite" | "memory"): Promise<unknown[]> {
  const context = contextOf(site[which]);
  const results = await Promise.allSettled(batch.map((operation) => operation.run(context)));
  return results.map((result) => {
    if (result.status === "rejected") return (result.reason as Error).message;
    const outcome = result.value as { readonly seat?: Seat } | undefined;
    return outcome?.seat === undefined
      ? outcome
      : { ...outcome, seat: withoutPast(outcome.seat, outcome.seat.heardAt) };
  });
}

/** What a license seat was needed for until before now says nothing any more. */
function withoutPast(seat: Seat, now: Instant): Seat {
  return seat.neededUntil <= now ? { ...seat, neededUntil: 0 } : seat;
}

function randomBatch(site: Site, random: Random, size: number): Operation[] {
  const batch = Array.from({ length: size }, () => randomOperation(random, site.clock.wall()));
  // What reads beside decisions sees the last commit, which in one turn comes earlier in one store than in the other.
  const isAlone = ({ name }: Operation) => /^(release all|unregister all|show)/.test(name);
  if (size > 1 && batch.some(isAlone)) return batch.filter(isAlone).slice(0, 1);
  // One at most, so that a pool's capacity within the turn is either that of before or that of after.
  const imports = batch.filter(({ name }) => name.startsWith("import"));
  return batch.filter((operation) => operation === imports[0] || !imports.includes(operation));
}

async function passTime({ clock, sqlite, memory }: Site, random: Random, log: string[]): Promise<void> {
  const how = random.weighted([
    [50, "seconds"],
    [12, "minutes"],
    [2, "hours"],
    [1, "days"],
    [15, "to an end"],
    [5, "wall back"],
    [5, "wall forward"],
  ] as const);
  if (how === "seconds") clock.advance(random.between(0, 60_000));
  else if (how === "minutes") clock.advance(random.between(1, 20) * MINUTE_MS);
  else if (how === "hours") clock.advance(random.between(1, 30) * HOUR_MS);
  else if (how === "days") clock.advance(random.between(1, 8) * DAY_MS);
  else if (how === "wall back") clock.setWall(clock.wall() - random.between(1, 120) * MINUTE_MS);
  else if (how === "wall forward") clock.setWall(clock.wall() + random.between(1, 10) * MINUTE_MS);
  else {
    const [license] = await sqlite.licenses();
    const now = license && (await sqlite.usage(license.id))?.now;
    const records = await sqlite.seats();
    const endsAt = records[random.between(0, records.length - 1)]?.seat.endsAt;
    // To the very end of a seat, or the millisecond before it.
    if (now !== undefined && endsAt !== undefined) clock.advance(Math.max(0, endsAt - now - random.between(0, 1)));
  }
  // Both look at the clock, for a wall clock that jumps to and fro is followed from the moment it is seen.
  await Promise.all([sqlite.seats(), memory.seats()]);
  log.push(`${how}: ${new Date(clock.wall()).toISOString()}`);
}

async function restart(site: Site, random: Random, log: string[]): Promise<void> {
  const how = random.pick(["stop", "crash"] as const);
  const downMs = random.pick([0, 1, random.between(1, 600) * 1_000, random.between(1, 60) * MINUTE_MS]);
  const wall = random.chance(0.2) ? site.clock.wall() + random.between(-120, 60) * MINUTE_MS : undefined;
  log.push(`${how} for ${downMs} ms, wall ${wall === undefined ? "goes on" : new Date(wall).toISOString()}`);
  await site.restart(how, downMs, wall);
  await compare(site);
}

async function compare({ sqlite, memory }: Site): Promise<void> {
  const licenses = await memory.licenses();
  assert.deepEqual(await sqlite.licenses(), licenses);
  for (const { id } of licenses) {
    const usage = await memory.usage(id);
    assert.deepEqual(await sqlite.usage(id), usage);
    const seats = async (store: Store) =>
      (await store.seats(id)).map(({ seat, details }) => ({ seat: withoutPast(seat, usage?.now ?? 0), details }));
    assert.deepEqual(await seats(sqlite), await seats(memory));
  }
  const ids = async (store: Store) => (await store.seats()).map(({ seat }) => seat.id);
  assert.deepEqual(await ids(sqlite), await ids(memory));
}

/** The same happened to the same seats; when the end of a run-out seat is noticed may differ. */
async function compareEvents({ sqlite, memory }: Site): Promise<void> {
  for (const store of [sqlite, memory]) assert.equal((await store.verifyEvents()).brokenAt, null);
  const happened = async (store: Store) =>
    (await store.events(0, 1_000_000))
      .filter(({ kind }) => kind !== "seats_extended")
      .map(({ at, kind, licenseId, featureId, holder, data }) =>
        JSON.stringify([kind === "seat_expired" ? 0 : at, kind, licenseId, featureId, holder, data]),
      )
      .sort();
  assert.deepEqual(await happened(sqlite), await happened(memory));
}
