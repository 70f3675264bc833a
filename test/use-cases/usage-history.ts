import assert from "node:assert/strict";
import fc from "fast-check";
import { LICENSE_POOL } from "../../src/domain/seat.ts";
import { levelOf } from "../../src/domain/usage-span.ts";
import type { EventRecord, Store } from "../../src/store/store.ts";
import { checkOutFeature, checkOutLicense } from "../../src/use-cases/check-out.ts";
import { releaseFeature, releaseLicense } from "../../src/use-cases/release.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { addLicense } from "../support/store-acts.ts";

/*
 * Random histories of a floating server, and what was in use then, counted from events in the simplest way.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const HOLDERS = ["ann", "bob", "cyd", "dan"] as const;
const FEATURES = ["render", "sim"] as const;

export const licenses = [1, 2].map((id) =>
  makeLicense({
    id,
    capacity: 3,
    timeoutMs: MINUTE,
    features: [
      makeFeature({ id: 10 * id + 1, capacity: 2, timeoutMs: 3 * MINUTE }),
      makeFeature({ id: 10 * id + 2, code: "sim", capacity: 1, timeoutMs: 40 * MINUTE }),
    ],
  }),
);

export async function addLicenses(store: Store): Promise<void> {
  for (const license of licenses) await addLicense(store, license);
}

const who = { licenseId: fc.constantFrom(1, 1, 2), holder: fc.constantFrom(...HOLDERS) };

export type Act = (typeof acts extends fc.Arbitrary<(infer T)[]> ? T : never) & object;

/** Waits are long now and then, so that spans are merged and dropped. */
export const acts = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ does: fc.constant("use"), ...who, feature: fc.constantFrom(...FEATURES) }) },
    {
      weight: 3,
      arbitrary: fc.record({ does: fc.constant("release"), ...who, feature: fc.constantFrom(...FEATURES) }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constant("register"), ...who }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant("unregister"), ...who }) },
    {
      weight: 8,
      arbitrary: fc.record({
        does: fc.constant("wait"),
        ms: fc.oneof(
          { weight: 4, arbitrary: fc.integer({ min: 1, max: 2 * MINUTE }) },
          { weight: 3, arbitrary: fc.constantFrom(MINUTE, 20 * MINUTE, 60 * MINUTE) },
          { weight: 1, arbitrary: fc.constantFrom(7 * HOUR, 30 * HOUR, 3 * DAY, 60 * DAY) },
        ),
      }),
    },
    { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("roll up", "sweep", "restart") }) },
  ),
  { minLength: 5, maxLength: 60 },
);

/** Does what an act says to seats; nothing for the others. */
export async function actOnSeats(store: Store, act: Act): Promise<void> {
  if (!("holder" in act)) return;
  const context = { store, channel: "onPremise", graceMs: 0 } as const;
  const { does, licenseId, holder } = act;
  const caller = { license: { licenseId }, holder };
  const command = { ...caller, borrow: "none", details: {} } as const;
  if (does === "use" && "feature" in act) await checkOutFeature(context, act.feature, command);
  if (does === "release" && "feature" in act) await releaseFeature(context, caller, act.feature);
  if (does === "register") await checkOutLicense(context, command);
  if (does === "unregister") await releaseLicense(context, caller);
}

interface Stay {
  readonly licenseId: number;
  readonly featureId: number;
  readonly holder: string;
  readonly from: number;
  to: number;
}

/** Who was in which seat from when to when, and who was denied: all ends have been told. */
export class Counted {
  readonly #stays: Stay[] = [];
  readonly #denials: { licenseId: number; featureId: number; at: number }[] = [];

  constructor(events: readonly EventRecord[]) {
    const open = new Map<string, Stay>();
    for (const { at, kind, licenseId, featureId, holder, data } of events) {
      const name = `${licenseId} ${featureId} ${holder}`;
      const { endedAt = at, full } = JSON.parse(data ?? "{}") as { endedAt?: number; full?: string };
      if (kind === "seat_denied") {
        this.#denials.push({ licenseId, featureId: full === "license" ? LICENSE_POOL : featureId, at });
      }
      if (kind === "seat_granted") {
        assert.equal(open.has(name), false, `${name} was granted twice`);
        const stay = { licenseId, featureId, holder: holder ?? "", from: at, to: Number.POSITIVE_INFINITY };
        open.set(name, stay);
        this.#stays.push(stay);
      }
      if (kind === "seat_released" || kind === "seat_expired") {
        const stay = open.get(name);
        assert.ok(stay !== undefined, `${name} ended without a grant`);
        stay.to = endedAt;
        open.delete(name);
      }
    }
  }

  /** Usage of a pool, with every change of it as a moment to count at. */
  usage(licenseId: number, featureId: number, from: number, to: number) {
    const ofLicense = this.#stays.filter((stay) => stay.licenseId === licenseId);
    const stays = ofLicense.filter((stay) => featureId === LICENSE_POOL || stay.featureId === featureId);
    const ends = stays.flatMap((stay) => [stay.from, stay.to]).filter((at) => at > from && at < to);
    const moments = [...new Set([from, ...ends, to])].sort((a, b) => a - b);
    const time = new Map<number, number>();
    let [max, seatMs] = [0, 0];
    for (const [place, end] of moments.slice(1).entries()) {
      const at = moments[place] as number;
      const inUse = new Set(stays.filter((stay) => stay.from <= at && at < stay.to).map(({ holder }) => holder)).size;
      max = Math.max(max, inUse);
      seatMs += inUse * (end - at);
      time.set(levelOf(inUse), (time.get(levelOf(inUse)) ?? 0) + end - at);
    }
    const isHere = (denial: { licenseId: number; featureId: number; at: number }) =>
      denial.licenseId === licenseId && denial.featureId === featureId && denial.at >= from && denial.at < to;
    const levels = [...time].sort(([a], [b]) => a - b);
    return { max, seatMs, denials: this.#denials.filter(isHere).length, levels };
  }
}
