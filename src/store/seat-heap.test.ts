import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seatOf } from "../domain/seat.ts";
import { SeatHeap, type Slot } from "./seat-heap.ts";

const seatEndingAt = (endsAt: number) =>
  seatOf({
    licenseId: 1,
    featureId: 1,
    id: 1,
    holder: "h",
    takenAt: 0,
    heardAt: 0,
    beatEndsAt: endsAt,
    borrowedUntil: null,
    neededUntil: 0,
  });

const steps = fc.array(
  fc.oneof(
    fc.record({ step: fc.constant("add" as const), endsAt: fc.nat(50) }),
    fc.record({ step: fc.constant("move" as const), at: fc.nat(), endsAt: fc.nat(50) }),
    fc.record({ step: fc.constant("remove" as const), at: fc.nat() }),
  ),
  { maxLength: 200 },
);

test("[TIME-1] the first seat of a heap is the one that ends first, whatever was added, moved and removed", () => {
  fc.assert(
    fc.property(steps, fc.nat(60), (all, now) => {
      const heap = new SeatHeap();
      const slots: Slot[] = [];
      for (const each of all) {
        if (each.step === "add") {
          const slot: Slot = { seat: seatEndingAt(each.endsAt), position: -1, next: undefined };
          slots.push(slot);
          heap.add(slot);
        } else if (slots.length > 0) {
          const at = each.at % slots.length;
          const slot = slots[at] as Slot;
          if (each.step === "move") {
            slot.seat = seatEndingAt(each.endsAt);
            heap.moved(slot);
          } else {
            slots.splice(at, 1);
            heap.remove(slot);
          }
        }
        const ends = slots.map(({ seat }) => seat.endsAt);
        assert.equal(heap.size, slots.length);
        assert.equal(heap.first?.endsAt, ends.length === 0 ? undefined : Math.min(...ends));
        assert.equal(heap.countRunOut(now), ends.filter((endsAt) => endsAt <= now).length);
      }
    }),
  );
});
