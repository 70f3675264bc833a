import type { Instant } from "../../domain/instant.ts";
import { findFeature } from "../../domain/license.ts";
import { LICENSE_POOL, type PoolKey } from "../../domain/seat.ts";
import { FIRST_READ, type Needs, type Resolved } from "./needs.ts";
import type { Remembered } from "./remembered.ts";
import { isSearchable } from "./searchable.ts";
import type { SeenLicense } from "./seen.ts";

/** What is asked about and was not read yet, of licenses that may have been read in part. */
export class Gaps {
  readonly #licenses: ReadonlyMap<number, SeenLicense>;
  readonly #unknown: ReadonlySet<number>;
  readonly #pools = new Map<string, PoolKey & { most: number }>();
  readonly #holders = new Pairs();
  readonly #devices = new Pairs();
  readonly #replies = new Pairs();
  readonly #everySeat = new Set<number>();
  readonly #everyDevice = new Set<number>();

  constructor(licenses: ReadonlyMap<number, SeenLicense>, unknown: ReadonlySet<number>) {
    this.#licenses = licenses;
    this.#unknown = unknown;
  }

  get isEmpty(): boolean {
    const all = [this.#pools, this.#holders, this.#devices, this.#replies, this.#everySeat, this.#everyDevice];
    return all.every(({ size }) => size === 0);
  }

  find(asked: readonly Resolved[], needs: Needs, remembered: Remembered, now: Instant): void {
    for (const { licenseId, featureId, most } of needs.pools.values()) this.#addPool(licenseId, featureId, most);
    for (const { licenseId, holder } of needs.holders.values()) this.#holders.add(licenseId, holder);
    for (const licenseId of needs.everySeat) this.#everySeat.add(licenseId);
    for (const { scope, licenseId, mode } of asked) {
      const seen = licenseId === undefined ? undefined : this.#licenses.get(licenseId);
      if (licenseId === undefined || seen === undefined) continue;
      const { feature, holder, device, replyKey, everySeat, everyDevice } = scope;
      this.#findPool(seen, LICENSE_POOL, now);
      if (mode === "tidy") for (const featureId of seen.featureIds()) this.#findPool(seen, featureId, now);
      // Of what a feature's code means, the license as it was known is only a guess.
      const license = seen.kept?.license ?? remembered.document(licenseId)?.license;
      const found = license && feature !== undefined ? findFeature(license, feature) : undefined;
      if (found !== undefined) this.#findPool(seen, found.id, now);
      if (holder !== undefined && !this.#knows(seen, seen.knowsHolder(holder))) {
        this.#holders.add(licenseId, holder);
        // Nobody of such a name has a seat.
        if (!isSearchable(holder)) seen.holders.add(holder);
      }
      if (device !== undefined && !seen.devices.has(device) && !seen.isEveryDeviceRead) {
        this.#devices.add(licenseId, device);
      }
      // No reply is remembered.
      if (replyKey !== undefined) this.#replies.add(licenseId, replyKey);
      if (everySeat && !seen.isEverySeatRead) this.#everySeat.add(licenseId);
      if (everyDevice && !seen.isEveryDeviceRead) this.#everyDevice.add(licenseId);
    }
  }

  /** The values of `READ_VIEWS`, from the third on. */
  values(): unknown[] {
    const pools = [...this.#pools.values()];
    return [
      pools.map(({ licenseId }) => licenseId),
      pools.map(({ featureId }) => featureId),
      pools.map(({ most }) => most),
      ...this.#holders.columns(),
      [...this.#everySeat],
      ...this.#devices.columns(),
      [...this.#everyDevice],
      ...this.#replies.columns(),
    ];
  }

  /** They are being read. */
  close(): void {
    for (const [licenseId, holder] of this.#holders) this.#licenses.get(licenseId)?.holders.add(holder);
    for (const licenseId of this.#everySeat) {
      const seen = this.#licenses.get(licenseId);
      if (seen !== undefined) seen.isEverySeatRead = true;
    }
    for (const licenseId of this.#everyDevice) {
      const seen = this.#licenses.get(licenseId);
      if (seen !== undefined) seen.isEveryDeviceRead = true;
    }
  }

  #knows(seen: SeenLicense, isRead: boolean): boolean {
    return isRead && !this.#unknown.has(seen.id);
  }

  /** One more seat is read for each request: it may find the first one ended by the request before. */
  #findPool(seen: SeenLicense, featureId: number, now: Instant): void {
    const pool = seen.pool(featureId);
    const isKnown = pool.isComplete || (pool.knowsRunOut(now) && pool.view() !== undefined);
    if (!this.#knows(seen, isKnown)) this.#addPool(seen.id, featureId, 1);
  }

  #addPool(licenseId: number, featureId: number, most: number): void {
    const name = `${licenseId} ${featureId}`;
    this.#pools.set(name, { licenseId, featureId, most: (this.#pools.get(name)?.most ?? FIRST_READ) + most });
  }
}

/** Texts of licenses, each once. */
class Pairs {
  readonly #pairs = new Map<string, readonly [licenseId: number, text: string]>();

  get size(): number {
    return this.#pairs.size;
  }

  add(licenseId: number, text: string): void {
    if (isSearchable(text)) this.#pairs.set(`${licenseId} ${text}`, [licenseId, text]);
  }

  columns(): [number[], string[]] {
    const pairs = [...this.#pairs.values()];
    return [pairs.map(([licenseId]) => licenseId), pairs.map(([, text]) => text)];
  }

  [Symbol.iterator]() {
    return this.#pairs.values();
  }
}
