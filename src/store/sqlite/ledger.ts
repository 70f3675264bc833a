import type { Change } from "../../domain/decision.ts";
import { expiryEvents, type SeatEvent } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import type { IdKind } from "../../domain/records.ts";
import type { PoolKey, Seat, SeatDetails } from "../../domain/seat.ts";
import { chainEvent } from "../event-chain.ts";
import type { Connection } from "./connection.ts";
import type { HeldState } from "./held-state.ts";

/** Writes changes and events twice: into the transaction, and into what is held in memory. */
export class Ledger {
  readonly #connection: Connection;
  readonly #held: HeldState;

  constructor(connection: Connection, held: HeldState) {
    this.#connection = connection;
    this.#held = held;
  }

  apply(change: Change): void {
    switch (change.change) {
      case "put_seat":
        this.#putSeat(change.seat, change.details);
        return;
      case "end_seat": {
        const earlier = this.#held.endSeat(change.seat);
        if (earlier !== undefined) this.#connection.write.endSeat.run(earlier.id);
        return;
      }
      case "put_counter": {
        const { counter } = change;
        this.#held.putCounter(counter);
        const { licenseId, featureId, total, periodStartedAt, overageLimit } = counter;
        this.#connection.write.putCounter.run(licenseId, featureId, total, periodStartedAt, overageLimit);
        return;
      }
      case "put_license": {
        const { license, file } = change;
        this.#held.putLicense(license, file);
        const document = JSON.stringify(license);
        const { id, product, features } = license;
        this.#connection.write.putLicense.run(id, product.code, document, file?.digest ?? null, file?.issuedAt ?? null);
        this.#useId("license", id);
        for (const feature of features) this.#useId("feature", feature.id);
        return;
      }
      case "remove_license":
        this.#removeLicense(change.licenseId);
        return;
      case "remove_counter":
        this.#held.removeCounter(change);
        this.#connection.write.removeCounter.run(change.licenseId, change.featureId);
        return;
      case "put_device": {
        const { device } = change;
        const { id, licenseId, hardwareId } = device;
        this.#connection.write.putDevice.run(id, licenseId, hardwareId, JSON.stringify(device));
        this.#useId("device", id);
        for (const variable of device.variables) this.#useId("variable", variable.id);
        return;
      }
      case "put_record": {
        this.#connection.write.records.put(change.kind, change.record);
        this.#useId(change.kind, change.record.id);
        if (change.kind === "hold") this.#held.putHold(change.record);
        if (change.kind === "product") for (const { id } of change.record.features) this.#useId("feature", id);
        return;
      }
      case "remove_record":
        this.#connection.write.records.remove(change.kind, change.id);
        if (change.kind === "hold") this.#held.removeHold(change.id);
        return;
      case "keep_reply": {
        const { licenseId, key, reply, until } = change;
        this.#connection.write.keepReply.run(licenseId, key, JSON.stringify(reply), until);
        return;
      }
      case "put_usage_spans":
        for (const span of change.spans) this.#connection.write.usage.put(span);
        return;
      case "drop_usage_spans":
        this.#connection.write.usage.drop(change.length, change.before, change.most);
        return;
      case "put_usage_position":
        this.#connection.write.usage.putPosition(change.position);
    }
  }

  record(now: Instant, event: SeatEvent): void {
    const record = chainEvent(this.#held.lastEvent, now, event);
    this.#held.lastEvent = record;
    const { id, at, kind, licenseId, featureId, holder, data, hash } = record;
    this.#connection.write.putEvent.run(id, at, kind, licenseId, featureId, holder, data, hash);
  }

  /** Ends the seats of a pool that have run out. */
  endRunOut(pool: PoolKey, now: Instant): void {
    for (;;) {
      const seat = this.#held.seats.firstRunOut(pool, now);
      if (seat === undefined) return;
      this.apply({ change: "end_seat", seat });
      for (const event of expiryEvents(seat)) this.record(now, event);
    }
  }

  #removeLicense(licenseId: number): void {
    for (const seat of [...this.#held.seats.ofLicense(licenseId)]) this.apply({ change: "end_seat", seat });
    this.#held.removeLicense(licenseId);
    const sql = this.#connection.write;
    for (const statement of [sql.removeLicense, sql.removeCounters, sql.removeReplies, sql.removeDevices]) {
      statement.run(licenseId);
    }
  }

  #useId(kind: IdKind, id: number): void {
    if (this.#held.useId(kind, id)) this.#connection.write.putSequence.run(kind, id + 1);
  }

  #putSeat(seat: Seat, details: SeatDetails | undefined): void {
    const sql = this.#connection.write;
    const earlier = this.#held.putSeat(seat);
    const { id, heardAt, beatEndsAt, borrowedUntil, neededUntil, endsAt } = seat;
    if (earlier?.id === id && details === undefined) {
      sql.renewSeat.run(heardAt, beatEndsAt, borrowedUntil, neededUntil, endsAt, id);
      return;
    }
    if (earlier !== undefined && earlier.id !== id) sql.endSeat.run(earlier.id);
    sql.putSeat.run(
      id,
      seat.licenseId,
      seat.featureId,
      seat.holder,
      seat.takenAt,
      heardAt,
      beatEndsAt,
      borrowedUntil,
      neededUntil,
      endsAt,
      details?.hostname ?? null,
      details?.localIp ?? null,
      details?.info ?? null,
      details?.registeredAt ?? null,
      details?.sdkVersion ?? null,
      details?.appVersion ?? null,
    );
  }
}
