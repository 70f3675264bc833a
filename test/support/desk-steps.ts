import fc from "fast-check";
import type { BorrowWish } from "../../src/domain/borrow.ts";
import { extendSeats } from "../../src/domain/downtime.ts";
import type { License, PoolTerms } from "../../src/domain/license.ts";
import { decideReleaseAllFeatures, decideReleaseAllLicenseSeats } from "../../src/domain/release.ts";
import type { Desk } from "./desk.ts";
import { makeFeature, makeLicense } from "./make-license.ts";

/*
 * Anything that can happen to a license's seats. Times are a few milliseconds, so that ends often fall on the very
 * instant of a decision.
 */

const arbHolder = fc.constantFrom("ann", "bob", "cy", "Ann");
const arbCode = fc.constantFrom("render", "export");
const arbTimes = fc.record({ capacity: fc.nat(3), timeoutMs: fc.integer({ min: 1, max: 20 }) });
const arbTerms = fc.record({ times: arbTimes, canBorrow: fc.boolean(), maxBorrowMs: fc.nat(80) });

type BorrowIn = "none" | "longest" | "malformed" | number;
const arbBorrow: fc.Arbitrary<BorrowIn> = fc.oneof(
  { weight: 4, arbitrary: fc.constant("none" as const) },
  { weight: 1, arbitrary: fc.constant("malformed" as const) },
  { weight: 3, arbitrary: fc.constant("longest" as const) },
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 50 }) },
);
const arbWish = fc.record({ borrow: arbBorrow, movesBorrow: fc.boolean(), graceMs: fc.nat(3) });

/** A license with two features that float, and itself floating or not. */
export const arbLicense: fc.Arbitrary<License> = fc
  .tuple(fc.boolean(), arbTerms, arbTerms, arbTerms)
  .map(([onPremise, own, render, exporting]) =>
    makeLicense({
      ...toTerms(own),
      floats: { onPremise, cloud: false },
      features: [
        makeFeature({ ...toTerms(render), id: 11, code: "render" }),
        makeFeature({ ...toTerms(exporting), id: 12, code: "export" }),
      ],
    }),
  );

const arbStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ step: fc.constant("use" as const), holder: arbHolder, code: arbCode, wish: arbWish }),
  },
  { weight: 3, arbitrary: fc.record({ step: fc.constant("register" as const), holder: arbHolder, wish: arbWish }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant("release" as const), holder: arbHolder, code: arbCode }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("unregister" as const), holder: arbHolder }) },
  {
    weight: 1,
    arbitrary: fc.record({ step: fc.constant("release all" as const), code: fc.option(arbCode, { nil: undefined }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      step: fc.constant("unregister all" as const),
      code: fc.option(arbCode, { nil: undefined }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ step: fc.constant("pass" as const), ms: fc.nat(15) }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("outage" as const), ms: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("limit" as const), own: arbTimes, features: arbTimes }) },
);
export type Step = typeof arbStep extends fc.Arbitrary<infer T> ? T : never;

export const arbSteps = fc.array(arbStep, { minLength: 5, maxLength: 60, size: "max" });

export function takeStep(desk: Desk, step: Step): void {
  switch (step.step) {
    case "use":
      desk.use(step.holder, step.code, { ...step.wish, borrow: toWish(desk, step.wish.borrow) });
      return;
    case "register":
      desk.register(step.holder, { ...step.wish, borrow: toWish(desk, step.wish.borrow) });
      return;
    case "release":
      desk.release(step.holder, step.code);
      return;
    case "unregister":
      desk.unregister(step.holder);
      return;
    case "release all":
      desk.decide({}, (view) => decideReleaseAllFeatures(view, step.code));
      return;
    case "unregister all":
      desk.decide({}, (view) => decideReleaseAllLicenseSeats(view, step.code));
      return;
    case "pass":
      desk.now += step.ms;
      return;
    case "outage":
      takeOutage(desk, step.ms);
      return;
    case "limit": {
      const { license } = desk;
      if (license === undefined) return;
      const features = license.features.map((feature) => ({ ...feature, ...step.features }));
      desk.license = { ...license, ...step.own, features };
    }
  }
}

/** The server is down for a while. */
export function takeOutage(desk: Desk, ms: number): void {
  const stoppedAt = desk.now;
  desk.now += ms;
  if (desk.license === undefined) return;
  const seats = extendSeats(desk.license, desk.seats, stoppedAt, desk.now);
  desk.decide({}, () => ({
    outcome: undefined,
    changes: seats.map((seat) => ({ change: "put_seat", seat })),
    events: [],
  }));
}

function toWish(desk: Desk, borrow: BorrowIn): BorrowWish {
  return typeof borrow === "number" ? desk.now + borrow : borrow;
}

function toTerms({
  times,
  ...others
}: {
  times: Pick<PoolTerms, "capacity" | "timeoutMs">;
  canBorrow: boolean;
  maxBorrowMs: number;
}) {
  return { ...times, ...others };
}
