import { type CheckOut, decideFeatureCheckOut, decideLicenseCheckOut } from "../../src/domain/check-out.ts";
import type { Counter } from "../../src/domain/counter.ts";
import type { Change, Decide, Decision, ImportedFile, PoolView, View } from "../../src/domain/decision.ts";
import type { Device } from "../../src/domain/device.ts";
import type { Hold } from "../../src/domain/hold.ts";
import type { Instant } from "../../src/domain/instant.ts";
import { findFeature, type License } from "../../src/domain/license.ts";
import { FIRST_IDS, RecordView } from "../../src/domain/records.ts";
import { decideFeatureRelease, decideLicenseRelease } from "../../src/domain/release.ts";
import { LICENSE_POOL, type Seat } from "../../src/domain/seat.ts";
import { makeFile } from "./make-license.ts";
import { START } from "./test-clock.ts";

export type Wish = Partial<Omit<CheckOut, "holder">>;

/**
 * One license and its seats in a plain list, to try decisions on. Seats go by their ids here, so that a decision which
 * gave one holder two seats would show.
 */
export class Desk {
  now: Instant = START;
  license: License | undefined;
  seats: Seat[] = [];
  readonly counters = new Map<number, Counter>();
  holds: Hold[] = [];
  file: ImportedFile | undefined = makeFile();
  device: Device | undefined;
  #nextSeatId = 1;

  constructor(license: License | undefined) {
    this.license = license;
  }

  /** Ends what has run out, decides, and applies what was decided. */
  decide<Outcome>(scope: { holder?: string; feature?: string }, decide: Decide<Outcome>): Decision<Outcome> {
    this.seats = this.live();
    const decision = decide(this.view(scope));
    for (const change of decision.changes) this.#apply(change);
    return decision;
  }

  register(holder: string, wish: Wish = {}) {
    return this.decide({ holder }, (view) => decideLicenseCheckOut(view, { ...PLAIN, ...wish, holder })).outcome;
  }

  use(holder: string, feature: string, wish: Wish = {}) {
    return this.decide({ holder, feature }, (view) =>
      decideFeatureCheckOut(view, feature, { ...PLAIN, ...wish, holder }),
    ).outcome;
  }

  unregister(holder: string) {
    return this.decide({ holder }, (view) => decideLicenseRelease(view, "onPremise")).outcome;
  }

  release(holder: string, feature: string) {
    return this.decide({ holder, feature }, (view) => decideFeatureRelease(view, feature, "onPremise")).outcome;
  }

  /** Live seats: of one pool, or of all. */
  live(featureId?: number): Seat[] {
    return this.seats
      .filter((seat) => seat.endsAt > this.now && (featureId === undefined || seat.featureId === featureId))
      .sort((a, b) => a.id - b.id);
  }

  licenseSeat(holder: string): Seat | undefined {
    return this.live(LICENSE_POOL).find((seat) => seat.holder === holder);
  }

  view({ holder, feature }: { holder?: string; feature?: string }): View {
    const { license, now } = this;
    const featureId = license && feature !== undefined ? findFeature(license, feature)?.id : undefined;
    return {
      now,
      productKnown: true,
      license,
      userId: undefined,
      device: this.device,
      devices: this.device === undefined ? [] : [this.device],
      licensePool: poolView(this.live(LICENSE_POOL)),
      featurePool: featureId === undefined ? poolView([]) : poolView(this.live(featureId)),
      mine: this.live().filter((seat) => seat.holder === holder),
      holds: this.holds.filter((hold) => hold.holder === holder && hold.until > now),
      seats: this.live(),
      counters: this.counters,
      keptReply: undefined,
      importedFile: license && this.file,
      nextSeatId: this.#nextSeatId,
      nextIds: { ...FIRST_IDS, hold: Math.max(0, ...this.holds.map(({ id }) => id)) + 1 },
      licenses: [],
      records: new RecordView([], [["hold", this.holds]]),
    };
  }

  #apply(change: Change): void {
    if (change.change === "put_seat") {
      this.seats = [...this.seats.filter((seat) => seat.id !== change.seat.id), change.seat];
      this.#nextSeatId = Math.max(this.#nextSeatId, change.seat.id + 1);
    } else if (change.change === "end_seat") {
      this.seats = this.seats.filter((seat) => seat.id !== change.seat.id);
    } else if (change.change === "put_counter") {
      this.counters.set(change.counter.featureId, change.counter);
    } else if (change.change === "put_license") {
      this.license = change.license;
      this.file = change.file;
    } else if (change.change === "put_device") {
      this.device = change.device;
    } else if (change.change === "put_record" && change.kind === "hold") {
      this.holds = [...this.holds.filter(({ id }) => id !== change.record.id), change.record];
    } else if (change.change === "remove_record" && change.kind === "hold") {
      this.holds = this.holds.filter(({ id }) => id !== change.id);
    }
  }
}

const PLAIN = { channel: "onPremise", graceMs: 0, borrow: "none" } as const;

function poolView(seats: readonly Seat[]): PoolView {
  const firstEndsAt = seats.length === 0 ? undefined : Math.min(...seats.map((seat) => seat.endsAt));
  return { inUse: seats.length, firstEndsAt };
}
