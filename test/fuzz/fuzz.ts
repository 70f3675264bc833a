// SEATKEEPER_TEST_SEED=17 runs one seed alone; SEATKEEPER_TEST_SEEDS=1000 runs that many.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../src/domain/instant.ts";
import { type RecordKind, recordFields } from "../../src/domain/records.ts";
import type { Seat } from "../../src/domain/seat.ts";
import type { Store } from "../../src/store/store.ts";
import { useTempFolder } from "../support/temp-folder.ts";
import { Random } from "./random.ts";
import { Site } from "./site.ts";

/** Something that is asked of a store. */
export interface Operation<Context> {
  readonly name: string;
  run(context: Context): Promise<unknown>;
}

/** What one side of the product is tried with: the SQLite store against the memory store. */
export interface Fuzz<Context> {
  readonly title: string;
  /** How many operations a seed tries. */
  readonly operations: number;
  contextOf(store: Store): Context;
  /** What a site begins with: batches, each of one turn. */
  begin(random: Random): readonly (readonly Operation<Context>[])[];
  /** @param now about what the stores take for now */
  operation(random: Random, now: Instant, site: Site): Promise<Operation<Context>>;
  /**
   * What reads beside decisions sees the last commit, which in one turn comes earlier in one store than in the other:
   * such an operation must be alone in its turn.
   */
  isAlone(operation: Operation<Context>): boolean;
  /** Of these operations at most one is in a turn, so that a limit within it is either that of before or that of after. */
  isLimit(operation: Operation<Context>): boolean;
  /** Makes a check of what holds whatever was done. */
  invariants(): { check(store: Store): Promise<void> };
}

const COMPARE_EVERY = 25;

/** Declares a test for each seed. */
export function fuzz<Context>(side: Fuzz<Context>): void {
  const oneSeed = process.env["SEATKEEPER_TEST_SEED"];
  const count = Number(process.env["SEATKEEPER_TEST_SEEDS"] ?? 100);
  const seeds = oneSeed === undefined ? Array.from({ length: count }, (_, at) => at) : [Number(oneSeed)];
  for (const seed of seeds) {
    // Every second seed starts operations one by one, the others start several in one turn, so that they share a commit.
    const most = seed % 2 === 0 ? 1 : 8;
    test(`${side.title}: seed ${seed}, up to ${most} at once`, async (t) => {
      const site = new Site(useTempFolder(t));
      t.after(() => site.close());
      const log: string[] = [];
      try {
        await runSeed(side, site, new Random(seed), most, log);
      } catch (error) {
        const last = log.slice(-12).join("\n  ");
        throw new Error(`SEATKEEPER_TEST_SEED=${seed} failed after:\n  ${last}`, { cause: error });
      }
    });
  }
}

async function runSeed<Context>(
  side: Fuzz<Context>,
  site: Site,
  random: Random,
  most: number,
  log: string[],
): Promise<void> {
  const invariants = side.invariants();
  const tryBatch = async (batch: readonly Operation<Context>[]) => {
    log.push(batch.map(({ name }) => name).join(" | "));
    assert.deepEqual(await runAll(side, site.sqlite, batch), await runAll(side, site.memory, batch));
    await invariants.check(site.sqlite);
  };
  for (const batch of side.begin(random)) await tryBatch(batch);
  await compare(site);
  let operations = 0;
  for (let step = 1; operations < side.operations; step += 1) {
    if (random.chance(0.25)) await passTime(site, random, log);
    if (random.chance(0.02)) await restart(site, random, log);
    const batch = await randomBatch(side, site, random, random.between(1, most));
    operations += batch.length;
    await tryBatch(batch);
    if (step % COMPARE_EVERY === 0) await compare(site);
  }
  await Promise.all([site.sqlite.sweep(), site.memory.sweep()]);
  await compare(site);
  await compareEvents(site);
}

/** Started in one turn. A failure is told by its message. */
async function runAll<Context>(
  side: Fuzz<Context>,
  store: Store,
  batch: readonly Operation<Context>[],
): Promise<unknown[]> {
  const context = side.contextOf(store);
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

async function randomBatch<Context>(
  side: Fuzz<Context>,
  site: Site,
  random: Random,
  size: number,
): Promise<Operation<Context>[]> {
  const batch: Operation<Context>[] = [];
  while (batch.length < size) batch.push(await side.operation(random, site.clock.wall(), site));
  const alone = batch.find((operation) => side.isAlone(operation));
  if (alone !== undefined) return [alone];
  const limits = batch.filter((operation) => side.isLimit(operation));
  return batch.filter((operation) => operation === limits[0] || !limits.includes(operation));
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
  for (const { id, product, details } of licenses) {
    const usage = await memory.usage(id);
    assert.deepEqual(await sqlite.usage(id), usage);
    const seats = async (store: Store) =>
      (await store.seats(id)).map(({ seat, details: shown }) => ({
        seat: withoutPast(seat, usage?.now ?? 0),
        details: shown,
      }));
    assert.deepEqual(await seats(sqlite), await seats(memory));
    assert.deepEqual(await sqlite.devices({ licenseId: id }), await memory.devices({ licenseId: id }));
    const names = { product: product.code, key: details.key ?? undefined };
    assert.deepEqual(await sqlite.findLicenses(names), await memory.findLicenses(names));
  }
  for (const kind of Object.keys(recordFields) as RecordKind[]) {
    assert.deepEqual(await sqlite.records(kind), await memory.records(kind));
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
