import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Seat, seatOf } from "../../domain/seat.ts";
import { LiveSeats } from "./live-seats.ts";

const arbKey = fc.record({
  licenseId: fc.constantFrom(1, 2),
  featureId: fc.constantFrom(0, 11, 12),
  holder: fc.constantFrom("ann", "bob", "cy", "dan", "__proto__"),
});
const arbSteps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ step: fc.constant("put" as const), key: arbKey, endsAt: fc.nat(40) }) },
    { weight: 1, arbitrary: fc.record({ step: fc.constant("remove" as const), key: arbKey, endsAt: fc.constant(0) }) },
    { weight: 1, arbitrary: fc.record({ step: fc.constant("end run out" as const), key: arbKey, endsAt: fc.nat(40) }) },
  ),
  { maxLength: 120, size: "max" },
);
type Key = { readonly licenseId: number; readonly featureId: number; readonly holder: string };

const pools = [1, 2].flatMap((licenseId) => [0, 11, 12].map((featureId) => ({ licenseId, featureId })));
const isOf = (key: Omit<Key, "holder">) => (seat: Seat) =>
  seat.licenseId === key.licenseId && seat.featureId === key.featureId;
const isSame = (key: Key) => (seat: Seat) => isOf(key)(seat) && seat.holder === key.holder;
const byId = (a: Seat, b: Seat) => a.id - b.id;

function assertEqual(live: LiveSeats, list: readonly Seat[], now: number): void {
  assert.equal(live.size, list.length);
  for (const pool of pools) {
    const seats = list.filter(isOf(pool));
    const ends = seats.map(({ endsAt }) => endsAt).sort((a, b) => a - b);
    assert.deepEqual(live.view(pool), { inUse: seats.length, firstEndsAt: ends[0] });
    assert.equal(live.countLive(pool, now), ends.filter((endsAt) => endsAt > now).length);
    const runOut = live.firstRunOut(pool, now);
    assert.equal(runOut?.endsAt, ends[0] !== undefined && ends[0] <= now ? ends[0] : undefined);
    assert.ok(runOut === undefined || seats.includes(runOut));
  }
  for (const licenseId of [1, 2]) {
    const ofLicense = list.filter((seat) => seat.licenseId === licenseId).sort(byId);
    assert.deepEqual([...live.ofLicense(licenseId)].sort(byId), ofLicense);
    for (const holder of ["ann", "bob", "nobody"]) {
      const ofHolder = ofLicense.filter((seat) => seat.holder === holder && seat.endsAt > now);
      assert.deepEqual(live.ofHolder(licenseId, holder, now).sort(byId), ofHolder);
    }
  }
  const filled = pools.filter((pool) => list.some(isOf(pool)));
  const name = ({ licenseId, featureId }: (typeof pools)[number]) => `${licenseId} ${featureId}`;
  assert.deepEqual([...live.pools()].map(name).sort(), filled.map(name).sort());
}

test("[STORE-1] seats in memory are what a plain list of them would be, whatever is put, moved and removed", () => {
  fc.assert(
    fc.property(arbSteps, fc.nat(40), (steps, now) => {
      const live = new LiveSeats();
      let list: Seat[] = [];
      let id = 0;
      for (const { step, key, endsAt } of steps) {
        const earlier = list.find(isSame(key));
        if (step === "put") {
          id += 1;
          const times = { takenAt: 0, heardAt: 0, beatEndsAt: endsAt, borrowedUntil: null, neededUntil: 0 };
          const seat = seatOf({ ...key, id, ...times });
          assert.equal(live.put(seat), earlier);
          list = [...list.filter((other) => other !== earlier), seat];
        } else if (step === "remove") {
          assert.equal(live.remove(key), earlier);
          list = list.filter((other) => other !== earlier);
        } else {
          for (let first = live.firstRunOut(key, endsAt); first; first = live.firstRunOut(key, endsAt))
            live.remove(first);
          list = list.filter((seat) => !isOf(key)(seat) || seat.endsAt > endsAt);
        }
      }
      assertEqual(live, list, now);
    }),
    { numRuns: 500 },
  );
});
