import type { Channel } from "../../domain/license.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import type { EventRecord, Store } from "../../store/store.ts";
import { eventPages } from "../../use-cases/event-pages.ts";

/** How often is looked for what happened, where nobody says that something did. Changes are told within a second. [MANAGE-8] */
const EVERY_MS = 400;
/** How soon after a change is looked, so that many are told of at once. */
const SOON_MS = 100;
/** Events after which every pool is as it was. */
const STILL = new Set(["seat_renewed", "seat_denied", "consumption_added", "consumption_denied"]);

/** A pool as it is now, by wire names. */
export interface PoolNow {
  readonly license: number;
  readonly product: string;
  readonly feature: string | null;
  readonly in_use: number;
  readonly seats: number;
}

/** @param lastEventId of the event up to which everything is told */
export type Listener = (lastEventId: number, changed: readonly PoolNow[]) => void;

/** Looks for changes of pools while somebody listens: once for all who do. */
export class LiveSeats {
  readonly #store: Store;
  readonly #channel: Channel;
  readonly #listeners = new Set<Listener>();
  /** By license: its pools as they were told last. Seats run out without an event, so those with seats are looked at. */
  readonly #known = new Map<number, readonly PoolNow[]>();
  #lastEventId = 0;
  #timer: NodeJS.Timeout | undefined;
  #starting: Promise<void> | undefined;
  #stopHearing: (() => void) | undefined;
  #isHurried = false;

  constructor(store: Store, channel: Channel) {
    this.#store = store;
    this.#channel = channel;
  }

  /**
   * Tells a listener of every change from now on.
   *
   * @param since an event's id: pools that changed after it are returned as they are now
   */
  async listen(listener: Listener, since: number | undefined) {
    if (this.#listeners.size === 0) this.#starting = this.#start();
    this.#listeners.add(listener);
    await this.#starting;
    const missed = since === undefined ? [] : await this.#poolsSince(since);
    return { lastEventId: this.#lastEventId, missed };
  }

  leave(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    clearTimeout(this.#timer);
    this.#stopHearing?.();
    this.#stopHearing = undefined;
    this.#known.clear();
  }

  async #start(): Promise<void> {
    const [[last], seats] = await Promise.all([this.#store.events(0, 1, { isNewestFirst: true }), this.#store.seats()]);
    this.#lastEventId = last?.id ?? 0;
    for (const id of new Set(seats.map(({ seat }) => seat.licenseId))) this.#known.set(id, await this.#poolsOf(id));
    this.#stopHearing ??= this.#store.onChange?.(() => this.#hurry());
    this.#schedule(EVERY_MS);
  }

  /** Something has changed. */
  #hurry(): void {
    if (this.#isHurried || this.#timer === undefined) return;
    this.#isHurried = true;
    this.#schedule(SOON_MS);
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer);
    if (this.#listeners.size === 0) return;
    this.#timer = setTimeout(() => {
      // While it looks, nothing is planned; what changes meanwhile it sees at the next look.
      this.#timer = undefined;
      this.#isHurried = false;
      // A store that cannot be read now is asked again.
      this.#look()
        .catch(() => {})
        .finally(() => this.#schedule(EVERY_MS));
    }, afterMs).unref();
  }

  async #look(): Promise<void> {
    const licenseIds = new Set(this.#known.keys());
    for await (const events of eventPages(this.#store, {}, this.#lastEventId)) {
      addChanged(licenseIds, events);
      this.#lastEventId = events.at(-1)?.id ?? this.#lastEventId;
    }
    const changed: PoolNow[] = [];
    for (const licenseId of licenseIds) {
      const before = this.#known.get(licenseId) ?? [];
      const now = await this.#poolsOf(licenseId);
      changed.push(...now.filter((pool) => !before.some((known) => isSame(known, pool))));
      const isGone = ({ feature }: PoolNow) => !now.some((pool) => pool.feature === feature);
      changed.push(...before.filter(isGone).map((pool) => ({ ...pool, in_use: 0, seats: 0 })));
      if (now.some((pool) => pool.in_use > 0)) this.#known.set(licenseId, now);
      else this.#known.delete(licenseId);
    }
    if (changed.length > 0) for (const listener of this.#listeners) listener(this.#lastEventId, changed);
  }

  async #poolsSince(eventId: number): Promise<readonly PoolNow[]> {
    const licenseIds = new Set<number>();
    for await (const events of eventPages(this.#store, {}, eventId)) addChanged(licenseIds, events);
    const pools: PoolNow[] = [];
    for (const licenseId of licenseIds) pools.push(...(await this.#poolsOf(licenseId)));
    return pools;
  }

  async #poolsOf(licenseId: number): Promise<readonly PoolNow[]> {
    const [[license], usage] = await Promise.all([
      this.#store.findLicenses({ licenseId }),
      this.#store.usage(licenseId),
    ]);
    if (license === undefined || usage === undefined) return [];
    const { code: product } = license.product;
    const own = { id: LICENSE_POOL, code: null, floats: license.floats, capacity: license.capacity };
    return [own, ...license.features].flatMap(({ id, code, floats, capacity }) => {
      const inUse = usage.inUse.get(id) ?? 0;
      if (!floats[this.#channel] && inUse === 0) return [];
      return [{ license: licenseId, product, feature: code, in_use: inUse, seats: capacity }];
    });
  }
}

/** Adds the licenses whose pools are not as they were. */
function addChanged(licenseIds: Set<number>, events: readonly EventRecord[]): void {
  for (const { licenseId, kind } of events) if (licenseId !== 0 && !STILL.has(kind)) licenseIds.add(licenseId);
}

function isSame(a: PoolNow, b: PoolNow): boolean {
  return a.feature === b.feature && a.in_use === b.in_use && a.seats === b.seats;
}
