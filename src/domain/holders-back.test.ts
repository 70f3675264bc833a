import assert from "node:assert/strict";
import { test } from "node:test";
import { START } from "../../test/support/test-clock.ts";
import { HoldersBack } from "./holders-back.ts";
import { LICENSE_POOL, seatOf } from "./seat.ts";

const seat = (holder: string, featureId: number, endsAt: number, neededUntil = 0) =>
  seatOf({
    id: 1,
    licenseId: 1,
    featureId,
    holder,
    takenAt: START - 100,
    heardAt: START - 100,
    beatEndsAt: neededUntil === 0 ? endsAt : 0,
    borrowedUntil: null,
    neededUntil,
  });

test("[USAGE-6] holders of a moment are those of now, without who came and with who went since", () => {
  const now = [
    seat("ann", 11, START + 500),
    seat("bob", 11, START + 500),
    // This one had run out, and nothing has told of it.
    seat("cyd", 11, START),
    seat("ann", LICENSE_POOL, 0, START + 500),
  ];
  const back = new HoldersBack(now, START);
  back.back({ step: "taken", at: START + 9, featureId: 11, holder: "bob" }, START + 9);
  back.back({ step: "ended", at: START + 8, featureId: 11, holder: "dan" }, START + 9);
  back.back({ step: "ended", at: START, featureId: 11, holder: "eve" }, START + 9);
  back.back({ step: "ended", at: START + 5, featureId: 12, holder: "fay" }, START + 5);
  back.back({ step: "ended", at: START, featureId: 11, holder: "gil" }, START);
  assert.deepEqual(back.holders(11), ["ann", "dan", "gil"]);
  assert.deepEqual(back.holders(12), ["fay"]);
  assert.deepEqual(back.holders(LICENSE_POOL), [], "license seats on demand come with feature seats");
  assert.deepEqual(back.holders(), ["ann", "dan", "fay", "gil"]);
});
