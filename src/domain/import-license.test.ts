import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk } from "../../test/support/desk.ts";
import { makeConsumption, makeFeature, makeFile, makeLicense, makeProduct } from "../../test/support/make-license.ts";
import { type Consumed, decideFeatureConsumption } from "./consume.ts";
import type { ImportedFile } from "./decision.ts";
import { decideImport } from "./import-license.ts";
import type { License } from "./license.ts";
import { LICENSE_POOL } from "./seat.ts";

const first = makeFile({ digest: "first", issuedAt: 1_000 });
const file = (digest: string, issuedAt: number) => makeFile({ digest, issuedAt });
const take = (desk: Desk, license: License, from: ImportedFile) =>
  desk.decide({}, (view) => decideImport(view, license, from));

/** With that license taken from the file `first`. */
function deskWith(license: License): Desk {
  const desk = new Desk(undefined);
  take(desk, license, first);
  return desk;
}

test("[FILE-4] a license that was not known is new, and leaves an event that names its file", () => {
  const license = makeLicense();
  const { outcome, changes, events } = take(new Desk(undefined), license, first);
  assert.deepEqual(outcome, { imported: "new", license });
  assert.deepEqual(changes, [{ change: "put_license", license, file: first }]);
  const data = { product: "cad", digest: "first", issuedAt: 1_000 };
  assert.deepEqual(events, [{ kind: "license_imported", licenseId: 1, featureId: LICENSE_POOL, data }]);
});

test("[FILE-4] the same file again changes nothing", () => {
  const known = makeLicense();
  const { outcome, changes, events } = take(deskWith(known), makeLicense(), first);
  assert.deepEqual(
    { outcome, changes, events },
    { outcome: { imported: "unchanged", license: known }, changes: [], events: [] },
  );
});

test("[FILE-4] a newer file updates, and so does another one of the same date", () => {
  for (const issuedAt of [1_000, 1_001]) {
    const desk = deskWith(makeLicense());
    const { outcome, events } = take(desk, makeLicense({ capacity: 99 }), file("second", issuedAt));
    assert.equal("imported" in outcome && outcome.imported, "updated");
    assert.equal(events[0]?.kind, "license_updated");
    assert.equal(desk.license?.capacity, 99);
  }
});

test("[FILE-4] a file older than the one applied is outdated", () => {
  const desk = deskWith(makeLicense());
  const { outcome, changes } = take(desk, makeLicense({ capacity: 99 }), file("second", 999));
  assert.deepEqual({ outcome, changes }, { outcome: { refused: "license_file_outdated" }, changes: [] });
});

test("[FILE-4] a refresh updates a license that was imported before, and brings none", () => {
  const refresh = (desk: Desk) =>
    desk.decide({}, (view) => decideImport(view, makeLicense({ capacity: 99 }), file("second", 2_000), "refresh"));
  const { outcome, changes } = refresh(new Desk(undefined));
  assert.equal("refused" in outcome && outcome.refused, "license_file_invalid");
  assert.deepEqual(changes, []);
  const desk = deskWith(makeLicense());
  refresh(desk);
  assert.equal(desk.license?.capacity, 99);
});

test("[FILE-3] a license stays with the product it had, even when the file is older", () => {
  const desk = deskWith(makeLicense());
  for (const issuedAt of [999, 1_001]) {
    const { outcome, changes } = take(desk, makeLicense({ product: makeProduct("cam") }), file("second", issuedAt));
    assert.deepEqual(outcome, { refused: "license_file_invalid", about: "product: the license belongs to cad" });
    assert.deepEqual(changes, []);
  }
});

test("[FILE-5] counters start from the file, the license's own and those of metered features", () => {
  const desk = deskWith(
    makeLicense({
      consumption: makeConsumption({ initialTotal: 3 }),
      features: [
        makeFeature(),
        makeFeature({ id: 12, code: "tokens", consumption: makeConsumption({ initialTotal: 4 }) }),
      ],
    }),
  );
  const counter = { licenseId: 1, periodStartedAt: 0, overageLimit: null };
  assert.deepEqual(
    [...desk.counters.values()],
    [
      { ...counter, featureId: LICENSE_POOL, total: 3 },
      { ...counter, featureId: 12, total: 4 },
    ],
  );
});

const tokens = (initialTotal: number) =>
  makeFeature({ id: 12, code: "tokens", consumption: makeConsumption({ initialTotal }) });
const consume = (desk: Desk, amount: number) =>
  desk.decide({ feature: "tokens" }, (view) => decideFeatureConsumption(view, "tokens", { amount }, "onPremise"))
    .outcome;

test("[FILE-5] a later file leaves what was counted here alone, and starts the counters that are new in it", () => {
  const desk = deskWith(makeLicense({ features: [tokens(4)] }));
  consume(desk, 5);
  const metered = makeFeature({ id: 13, code: "pages", consumption: makeConsumption({ initialTotal: 6 }) });
  take(desk, makeLicense({ features: [tokens(50), metered] }), file("second", 2_000));
  assert.deepEqual([desk.counters.get(12)?.total, desk.counters.get(13)?.total], [9, 6]);
});

test("[FILE-5] a metered feature that a file leaves out and a later one brings back goes on counting", () => {
  const desk = deskWith(makeLicense({ features: [tokens(0)] }));
  consume(desk, 5);
  take(desk, makeLicense({ features: [] }), file("second", 2_000));
  take(desk, makeLicense({ features: [tokens(0)] }), file("third", 3_000));
  assert.equal((consume(desk, 1) as Consumed).counter.total, 6);
});
