import assert from "node:assert/strict";
import { test } from "node:test";
import { makeConsumption, makeFeature, makeLicense } from "../../test/support/make-license.ts";
import { makeRecord } from "../../test/support/make-record.ts";
import { START } from "../../test/support/test-clock.ts";
import { VendorDesk } from "../../test/support/vendor-desk.ts";
import type { View } from "./decision.ts";
import { decideIssue, decideIssues, type LicensePlan, makeFeatures } from "./issue-license.ts";
import type { Feature } from "./license.ts";
import type { ProductFeature, VendorProduct } from "./product.ts";

const ofProduct = ({ expiresAt: _none, ...feature }: Feature): ProductFeature => feature;
const render = ofProduct(makeFeature({ id: 11, code: "render", capacity: 2 }));
const tokens = ofProduct(makeFeature({ id: 12, code: "tokens", type: "consumption", consumption: makeConsumption() }));
const product: VendorProduct = { ...makeRecord("product", 1, "cad"), features: [render, tokens], timeoutMs: 900_000 };

function plan(changes: Partial<LicensePlan> = {}): LicensePlan {
  return {
    product,
    key: "K-1",
    users: [],
    terms: {},
    features: undefined,
    customerId: null,
    customer: {},
    orderId: null,
    orderStoreId: null,
    policyId: null,
    bundleCode: null,
    metadata: {},
    customFields: [],
    ...changes,
  };
}

const nothing = (): View => ({ ...new VendorDesk().view({}), license: undefined });

function issued(changes: Partial<LicensePlan> = {}) {
  const { outcome } = decideIssue(nothing(), plan(changes));
  assert.ok(!("refused" in outcome), JSON.stringify(outcome));
  return outcome;
}

function refusal(changes: Partial<LicensePlan>) {
  const decision = decideIssue(nothing(), plan(changes));
  assert.ok("refused" in decision.outcome, "it was issued");
  assert.deepEqual([decision.changes, decision.events], [[], []]);
  return decision.outcome;
}

test("[LIC-6] a license is issued with the product's features as they are, and nobody has activated it", () => {
  const license = issued();
  assert.deepEqual(license.features, [
    { ...render, expiresAt: null },
    { ...tokens, expiresAt: null },
  ]);
  const { active, enabled, details } = license;
  assert.deepEqual([active, enabled, details.timesActivated, details.transferCount], [false, true, 0, 0]);
  assert.deepEqual([license.issued?.at, license.issued?.vacancies], [START, 0]);
  assert.deepEqual([license.type, license.validUntil, details.maxActivations], ["perpetual", null, 1]);
  assert.equal(license.timeoutMs, product.timeoutMs, "a pool's timeout is the product's");
});

test("[LIC-6] of a feature what is said otherwise is otherwise; what it is stays", () => {
  const override = { code: "render", capacity: 9, expiresAt: START, id: 99, name: "?", type: "consumption" as const };
  assert.deepEqual(issued({ features: [override] }).features, [{ ...render, capacity: 9, expiresAt: START }]);
  assert.deepEqual(issued({ features: [] }).features, []);
});

test("[LIC-6] features that a license has already stay, whatever became of the product's", () => {
  const own: Feature = { ...render, capacity: 7, timeoutMs: 1_000, expiresAt: START };
  assert.deepEqual(makeFeatures(product, [{ code: "render", capacity: 8 }, { code: "tokens" }], [own]), [
    { ...own, capacity: 8 },
    { ...tokens, expiresAt: null },
  ]);
  const others: VendorProduct = { ...product, features: [] };
  assert.deepEqual(makeFeatures(others, [{ code: "render" }], [own]), [own]);
});

test("[LIC-6] features and terms that cannot be are refused by name, and nothing is issued then", () => {
  const floats = { onPremise: false, cloud: true };
  const users = [1, 2].map((userId) => ({ userId, maxActivations: 1, allowUnlimitedActivations: false }));
  const [ann] = users;
  assert.ok(ann);
  assert.deepEqual(refusal({ features: [{ code: "?" }] }), {
    refused: "does_not_exist",
    about: "features.0.code: feature ?",
  });
  const cases: readonly [Partial<LicensePlan>, RegExp][] = [
    [{ features: [{ code: "render" }, { code: "render" }] }, /^features\.1\.code render is given twice/],
    [{ features: [{ code: "render", consumption: makeConsumption() }] }, /^features\.0\.consumption /],
    [{ features: [{ code: "tokens", consumption: null }] }, /^features\.0\.consumption /],
    [{ features: [{ code: "tokens", consumption: makeConsumption({ max: -1 }) }] }, /^features\.0\.consumption\.max /],
    [{ features: [{ code: "render", timeoutMs: 0 }] }, /^features\.0\.timeoutMs must be more than 0/],
    [{ features: [{ code: "render", expiresAt: Number.NaN }] }, /^features\.0\.expiresAt /],
    [{ terms: { floats, timeoutMs: 0 } }, /^timeoutMs must be more than 0/],
    [{ terms: { capacity: 2 ** 53 } }, /^capacity /],
    [{ terms: { maxBorrowMs: 0.5 } }, /^maxBorrowMs /],
    [{ terms: { maxTransfers: -1 } }, /^maxTransfers /],
    [{ terms: { validDurationMs: -1 } }, /^validDurationMs /],
    [{ terms: { type: "consumption" } }, /^consumption /],
    [{ terms: { consumption: makeConsumption() } }, /^consumption /],
    [{ users, terms: { maxUsers: 1 } }, /^users must be at most 1/],
    [{ users: [ann, ann] }, /^users must not name anyone twice/],
    [{ users: [{ ...ann, maxActivations: -1 }] }, /^users: maxActivations/],
  ];
  for (const [changes, about] of cases) {
    const { refused, about: field } = refusal(changes);
    assert.equal(refused, "invalid_field", JSON.stringify(changes));
    assert.match(String(field), about);
  }
});

test("[LIC-6] [DEV-2] an end of validity that is said takes the place of a duration", () => {
  const validity = ({ validUntil, issued: own }: ReturnType<typeof issued>) => [validUntil, own?.validDurationMs];
  assert.deepEqual(validity(issued({ terms: { validDurationMs: 5_000 } })), [null, 5_000]);
  assert.deepEqual(validity(issued({ terms: { validDurationMs: 5_000, validUntil: START } })), [START, null]);
});

test("[REC-1] a key names one license of a product, and no key names none", () => {
  const known = makeLicense({ details: { ...makeLicense().details, key: "K-1" } });
  const taken = { refused: "already_exists", about: "key" };
  for (const view of [
    { ...nothing(), license: known },
    { ...nothing(), licenses: [known] },
  ]) {
    assert.deepEqual(decideIssue(view, plan()).outcome, taken);
    assert.ok(!("refused" in decideIssue(view, plan({ key: "K-2" })).outcome));
    const other = { ...product, code: "cam" };
    assert.ok(!("refused" in decideIssue(view, plan({ product: other })).outcome), "another product's key");
  }
  const nameless = { ...known, details: { ...known.details, key: null } };
  const decision = decideIssue({ ...nothing(), licenses: [nameless] }, plan({ key: null }));
  assert.ok(!("refused" in decision.outcome));
});

test("[REC-1] several licenses are issued with ids that follow one another, or none is", () => {
  const cam = { ...product, code: "cam" };
  const { outcome, changes, events } = decideIssues(nothing(), [plan(), plan({ product: cam })]);
  assert.ok(!("refused" in outcome));
  const { license: first } = nothing().nextIds;
  assert.deepEqual(
    outcome.map(({ id }) => id),
    [first, first + 1],
  );
  assert.deepEqual([changes.length, events.length], [2, 2]);
  for (const second of [plan(), plan({ product: cam, terms: { capacity: -1 } })]) {
    const refused = decideIssues(nothing(), [plan(), second]);
    assert.ok("refused" in refused.outcome);
    assert.deepEqual([refused.changes, refused.events], [[], []]);
  }
});

test("[REC-2] [AUTH-5] the event tells of the license, without its key and its customer", () => {
  const { events } = decideIssue(nothing(), plan({ key: "K-SECRET", customer: { email: "a@b.example" } }));
  const text = JSON.stringify(events);
  assert.ok(text.includes('"maxActivations":1'));
  assert.ok(!text.includes("K-SECRET") && !text.includes("a@b.example"));
});
