import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Desk } from "../../test/support/desk.ts";
import { arbLicense, arbSteps, takeStep } from "../../test/support/desk-steps.ts";
import { makeFeature, makeLicense } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { grantBorrow } from "./borrow.ts";
import type { CheckedOut } from "./check-out.ts";

const borrowable = { canBorrow: true, maxBorrowMs: 1_000, timeoutMs: 100 };
const desk = () => new Desk(makeLicense({ ...borrowable, features: [makeFeature(borrowable)] }));
const borrowedUntil = (outcome: object) => (outcome as CheckedOut).seat.borrowedUntil;

test("[BORROW-1] a pool without borrowing, or with no time for it, allows none", () => {
  for (const terms of [makeFeature({ canBorrow: false }), makeFeature({ maxBorrowMs: 0 })]) {
    for (const wish of ["longest", "malformed", START + 1] as const) {
      assert.deepEqual(grantBorrow(terms, wish, START), { refused: "license_borrow_not_allowed" });
    }
    assert.equal(grantBorrow(terms, "none", START), null);
  }
});

test("[BORROW-2] a date is granted from the next millisecond to the longest time, and no other", () => {
  const terms = makeFeature(borrowable);
  for (const granted of [START + 1, START + 1_000]) assert.equal(grantBorrow(terms, granted, START), granted);
  for (const refused of [START, START - 1, 0, START + 1_001, "malformed"] as const) {
    assert.deepEqual(grantBorrow(terms, refused, START), { refused: "borrow_until_not_valid" });
  }
});

test("[BORROW-4] the longest borrow ends the longest time from now", () => {
  assert.equal(grantBorrow(makeFeature(borrowable), "longest", START), START + 1_000);
});

test("[BORROW-2] a refused borrow takes no seat and renews none", () => {
  const at = desk();
  assert.deepEqual(at.use("ann", "render", { borrow: START }), { refused: "borrow_until_not_valid" });
  assert.deepEqual(at.seats, []);
  at.use("ann", "render");
  at.register("ann");
  const before = at.live();
  at.now += 10;
  at.use("ann", "render", { borrow: at.now + 1_001 });
  at.register("ann", { borrow: "malformed" });
  assert.deepEqual(at.live(), before);
});

test("[BORROW-1] a borrowed seat stays until its date without renewals", () => {
  const at = desk();
  at.use("ann", "render", { borrow: START + 900 });
  at.now += 899;
  assert.equal(at.live(11).length, 1);
  at.now += 1;
  assert.deepEqual(at.live(), []);
});

test("[BORROW-3] a renewal never shortens a borrow: of two dates the later holds", () => {
  const at = desk();
  at.use("ann", "render", { borrow: START + 500 });
  at.now += 50;
  assert.equal(borrowedUntil(at.use("ann", "render")), START + 500);
  assert.equal(borrowedUntil(at.use("ann", "render", { borrow: START + 400 })), START + 500);
  assert.equal(borrowedUntil(at.use("ann", "render", { borrow: START + 600 })), START + 600);
});

test("[BORROW-3] a borrow whose date has passed is forgotten by the next renewal", () => {
  const at = desk();
  at.use("ann", "render", { borrow: START + 20 });
  at.now += 20;
  assert.equal(borrowedUntil(at.use("ann", "render")), null);
});

test("[BORROW-3] a request that moves the borrow moves it back as well, and a mere renewal of that kind does not", () => {
  const at = desk();
  at.register("ann", { borrow: START + 500, movesBorrow: true });
  assert.equal(borrowedUntil(at.register("ann", { borrow: START + 200, movesBorrow: true })), START + 200);
  assert.equal(borrowedUntil(at.register("ann", { borrow: "none", movesBorrow: true })), START + 200);
});

test("[BORROW-3] whatever happens, a renewal that does not move the borrow never shortens it", () => {
  fc.assert(
    fc.property(arbLicense, arbSteps, (license, steps) => {
      const at = new Desk(license);
      for (const step of steps) {
        const before = at.live();
        takeStep(at, step);
        const isRenewal = (step.step === "use" || step.step === "register") && !step.wish.movesBorrow;
        if (!isRenewal) continue;
        for (const { id, borrowedUntil } of before) {
          if (borrowedUntil === null || borrowedUntil <= at.now) continue;
          const after = at.live().find((seat) => seat.id === id);
          assert.ok((after?.borrowedUntil ?? 0) >= borrowedUntil, JSON.stringify(step));
        }
      }
    }),
    { numRuns: 500 },
  );
});
