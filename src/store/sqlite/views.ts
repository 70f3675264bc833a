import type { Scope, View } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import type { Instant } from "../../domain/instant.ts";
import { findFeature, type License } from "../../domain/license.ts";
import { type RecordKind, type RecordRef, RecordView } from "../../domain/records.ts";
import { LICENSE_POOL, type PoolKey } from "../../domain/seat.ts";
import type { LicenseNames } from "../store.ts";
import type { Connection } from "./connection.ts";
import type { HeldState } from "./held-state.ts";
import type { Ledger } from "./ledger.ts";
import { deviceFromRow } from "./rows.ts";

const NO_DEVICES: readonly Device[] = [];
const NO_LICENSES: readonly License[] = [];
const NO_COUNTERS: View["counters"] = new Map();
const NO_POOL: PoolKey = { licenseId: 0, featureId: -1 };

/** What decisions see: seats and licenses from memory, devices and records from tables. */
export class Views {
  readonly #connection: Connection;
  readonly #held: HeldState;
  readonly #ledger: Ledger;

  constructor(connection: Connection, held: HeldState, ledger: Ledger) {
    this.#connection = connection;
    this.#held = held;
    this.#ledger = ledger;
  }

  /** Run-out seats of the pools that it shows are ended first. */
  of(scope: Scope, now: Instant): View {
    const { product, username } = { product: undefined, username: undefined, ...scope.license };
    const userId = this.userId(username);
    const held = scope.license && this.#held.resolve(scope.license, userId);
    const license = held?.license;
    const feature = license && scope.feature !== undefined ? findFeature(license, scope.feature) : undefined;
    const licensePool = license ? { licenseId: license.id, featureId: LICENSE_POOL } : NO_POOL;
    const featurePool = license && feature ? { licenseId: license.id, featureId: feature.id } : NO_POOL;
    if (license !== undefined) {
      if (scope.everySeat) {
        for (const { id } of license.features) this.#ledger.endRunOut({ licenseId: license.id, featureId: id }, now);
      }
      this.#ledger.endRunOut(licensePool, now);
      this.#ledger.endRunOut(featurePool, now);
    }
    const { seats, holds } = this.#held;
    return {
      now,
      productKnown: product === undefined || this.#isProductKnown(product),
      license,
      userId,
      device: license && scope.device !== undefined ? this.#device(license.id, scope.device) : undefined,
      devices: license && scope.everyDevice ? this.#devices(license.id) : NO_DEVICES,
      licensePool: seats.view(licensePool),
      featurePool: seats.view(featurePool),
      mine: license && scope.holder !== undefined ? seats.ofHolder(license.id, scope.holder, now) : [],
      holds: holds.of(license?.id, scope.holder, now),
      seats: license && scope.everySeat ? [...seats.ofLicense(license.id)].filter((seat) => seat.endsAt > now) : [],
      licenses: scope.licenses === undefined ? NO_LICENSES : this.#licensesOf(scope.licenses),
      counters: held?.counters ?? NO_COUNTERS,
      keptReply: license && scope.replyKey !== undefined ? this.#keptReply(license.id, scope.replyKey, now) : undefined,
      importedFile: held?.file,
      nextSeatId: this.#held.nextSeatId,
      nextIds: this.#held.nextIds,
      records: this.#records(scope),
    };
  }

  #isProductKnown(code: string): boolean {
    const isSold = () => this.#connection.read.records.find({ kind: "product", field: "code", value: code });
    return this.#held.isProductHeld(code) || isSold() !== undefined;
  }

  /** The license user of that name. */
  userId(username: string | undefined): number | undefined {
    if (username === undefined) return undefined;
    return this.#connection.read.records.find({ kind: "user", field: "username", value: username })?.id;
  }

  #device(licenseId: number, hardwareId: string): Device | undefined {
    const row = this.#connection.read.findDevice.get(licenseId, hardwareId);
    return row && deviceFromRow(row);
  }

  #devices(licenseId: number): Device[] {
    return this.#connection.read.devicesOfLicense.all(licenseId).map(deviceFromRow);
  }

  #records({ records: refs = [], everyRecord: kinds = [] }: Scope): RecordView {
    if (refs.length === 0 && kinds.length === 0) return RecordView.empty;
    const { records } = this.#connection.read;
    return new RecordView(
      refs.map((ref) => [ref, records.all(ref.kind, ref as RecordRef<RecordKind>)]),
      kinds.map((kind) => [kind, records.all(kind)]),
    );
  }

  #licensesOf(all: readonly LicenseNames[]): License[] {
    const held = new Set(all.flatMap((names) => this.#held.find(names, this.userId(names.username))));
    return [...held].sort((a, b) => a.added - b.added).map(({ license }) => license);
  }

  #keptReply(licenseId: number, key: string, now: Instant): View["keptReply"] {
    const row = this.#connection.read.findReply.get(licenseId, key, now);
    return row === undefined ? undefined : JSON.parse(row["reply"] as string);
  }
}
