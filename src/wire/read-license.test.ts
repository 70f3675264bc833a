import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { License } from "../domain/license.ts";
import { licenseToWire, noUsage } from "./license-object.ts";
import { readLicense } from "./read-license.ts";

const NOW = Date.UTC(2026, 0, 15);
const HOUR_MS = 3_600_000;

const bare = { id: 7, product_details: { short_code: "demo" } };
const feature = { id: 5, code: "render" };

function read(object: unknown): License {
  const license = readLicense(object);
  if ("problem" in license) assert.fail(license.problem);
  return license;
}

function problemOf(object: unknown): string {
  const result = readLicense(object);
  assert.ok("problem" in result, "it is refused");
  return result.problem;
}

test("[FILE-5] what a file leaves out has the least that it could mean", () => {
  const pool = {
    floats: { onPremise: false, cloud: false },
    capacity: 0,
    timeoutMs: 0,
    canBorrow: false,
    maxBorrowMs: 0,
  };
  assert.deepEqual(read({ ...bare, product_features: [feature] }), {
    ...pool,
    id: 7,
    product: { id: 0, name: "demo", code: "demo", authorizationMethod: "license-key", metadata: {}, preventVm: false },
    type: "perpetual",
    active: true,
    enabled: true,
    startsAt: null,
    validUntil: null,
    gracePeriodMs: 0,
    allowGracePeriod: false,
    consumption: null,
    features: [
      {
        ...pool,
        id: 5,
        code: "render",
        name: "render",
        type: "activation",
        expiresAt: null,
        metadata: {},
        consumption: null,
      },
    ],
    details: {
      key: null,
      maintenanceUntil: null,
      preventVm: false,
      isTrial: false,
      maxActivations: 1,
      timesActivated: 0,
      allowUnlimitedActivations: false,
      transferCount: 0,
      maxTransfers: 0,
      orderStoreId: null,
      metadata: {},
      customFields: [],
      customer: {},
    },
  });
});

test("[FILE-5] minutes, hours and dates become milliseconds, fractions included", () => {
  const terms = { floating_timeout: 0.5, max_borrow_time: 1.5, floating_users: 4, can_borrow: true };
  const license = read({
    ...bare,
    ...terms,
    grace_period: 0.001,
    validity_period: "2026-02-01",
    start_date: "2026-01-01 08:00",
    maintenance_period: "2026-03-01T00:00:00+01:00",
    product_features: [{ ...feature, ...terms, expiry_date: "2026-04-01T00:00:00.5Z" }],
  });
  for (const pool of [license, license.features[0]]) {
    assert.equal(pool?.timeoutMs, 30_000);
    assert.equal(pool?.maxBorrowMs, 1.5 * HOUR_MS);
    assert.equal(pool?.capacity, 4);
  }
  assert.equal(license.gracePeriodMs, 3_600);
  assert.equal(license.validUntil, Date.UTC(2026, 1, 1));
  assert.equal(license.startsAt, Date.UTC(2026, 0, 1, 8));
  assert.equal(license.details.maintenanceUntil, Date.UTC(2026, 1, 28, 23));
  assert.equal(license.features[0]?.expiresAt, Date.UTC(2026, 3, 1, 0, 0, 0, 500));
});

test("[FILE-5] only a license or feature of type consumption counts, under either name of its maximum", () => {
  const counted = { max_consumption: 3, max_overages: 2, allow_overages: true, total_consumptions: 1 };
  const license = read({
    ...bare,
    license_type: "consumption",
    max_consumptions: 9,
    reset_consumption: true,
    consumption_period: "Monthly",
    product_features: [
      { ...feature, ...counted },
      { ...feature, ...counted, id: 6, code: "tokens", feature_type: "consumption" },
      { id: 8, code: "pages", feature_type: "consumption", max_consumptions: 4 },
    ],
  });
  const none = {
    unlimited: false,
    allowNegative: false,
    allowOverages: false,
    maxOverages: 0,
    resets: null,
    initialTotal: 0,
  };
  assert.deepEqual(license.consumption, { ...none, max: 9, resets: "monthly" });
  assert.deepEqual(
    license.features.map(({ consumption }) => consumption),
    [null, { ...none, max: 3, maxOverages: 2, allowOverages: true, initialTotal: 1 }, { ...none, max: 4 }],
  );
});

for (const [period, resets] of [
  ["daily", "daily"],
  ["WEEKLY", "weekly"],
  ["monthly", "monthly"],
  ["annually", "annually"],
  ["yearly", "annually"],
  ["fortnightly", null],
  [null, null],
] as const) {
  test(`[CONS-5] a total that is reset with the period ${JSON.stringify(period)} resets ${resets}`, () => {
    const object = { ...bare, license_type: "consumption", consumption_period: period, reset_consumption: true };
    assert.equal(read(object).consumption?.resets, resets);
    assert.equal(read({ ...object, reset_consumption: false }).consumption?.resets, null);
  });
}

test("[LIC-3] a license that the vendor calls expired stays so, whatever its date says", () => {
  assert.equal(read({ ...bare, is_expired: true }).validUntil, 0);
  assert.equal(read({ ...bare, is_expired: true, validity_period: "2020-01-01" }).validUntil, Date.UTC(2020, 0, 1));
});

const refused: readonly (readonly [object: unknown, problem: RegExp])[] = [
  [null, /^the license /],
  [[], /^the license /],
  ["text", /^the license /],
  [{}, /^the license /],
  [{ ...bare, id: "7" }, /^id /],
  [{ ...bare, id: 0 }, /^id /],
  [{ ...bare, id: 1.5 }, /^id /],
  [{ ...bare, id: 2 ** 53 }, /^id /],
  [{ ...bare, product_details: { short_code: "" } }, /^product_details\.short_code /],
  [{ ...bare, product_details: { short_code: "a".repeat(256) } }, /^product_details\.short_code /],
  [{ ...bare, license_type: "rental" }, /^license_type /],
  [{ ...bare, license_active: "yes" }, /^license_active /],
  [{ ...bare, is_floating: 1 }, /^is_floating /],
  [{ ...bare, floating_users: -1 }, /^floating_users /],
  [{ ...bare, floating_users: 1.5 }, /^floating_users /],
  [{ ...bare, floating_timeout: -1 }, /^floating_timeout /],
  [{ ...bare, floating_timeout: "15" }, /^floating_timeout /],
  [{ ...bare, max_borrow_time: -0.5 }, /^max_borrow_time /],
  [{ ...bare, grace_period: 1e10 }, /^grace_period /],
  [{ ...bare, validity_period: "soon" }, /^validity_period is not a date$/],
  [{ ...bare, start_date: "2026-02-30" }, /^start_date is not a date$/],
  [{ ...bare, validity_period: 1_768_473_000_000 }, /^validity_period /],
  [{ ...bare, product_features: {} }, /^product_features /],
  [{ ...bare, product_features: [{ ...feature, id: 0 }] }, /^product_features\.0\.id /],
  [{ ...bare, product_features: [feature, { id: 9 }] }, /^product_features\.1/],
  [
    { ...bare, product_features: [{ ...feature, expiry_date: "never" }] },
    /^product_features\.0\.expiry_date is not a date$/,
  ],
  [{ ...bare, product_features: [feature, { ...feature, id: 9 }] }, /^product_features has a code twice$/],
  [{ ...bare, product_features: [feature, { ...feature, code: "other" }] }, /^product_features has an id twice$/],
  [{ ...bare, max_consumptions: -1 }, /^max_consumptions /],
];

for (const [object, problem] of refused) {
  test(`[FILE-2] content: ${JSON.stringify(object).slice(0, 90)} is refused, and the field is named`, () => {
    assert.match(problemOf(object), problem);
  });
}

const metered = { max_overages: fc.nat(), allow_overages: fc.constant(true), total_consumptions: fc.nat() };
const floating = {
  is_floating: fc.boolean(),
  is_floating_cloud: fc.boolean(),
  floating_users: fc.nat(),
  floating_timeout: fc.nat(100_000),
  can_borrow: fc.boolean(),
  max_borrow_time: fc.nat(100_000),
};
const objects = fc.record({
  id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  product_details: fc.constant(bare.product_details),
  license_type: fc.constantFrom("perpetual", "time-limited", "subscription", "consumption"),
  license_active: fc.boolean(),
  metadata: fc.dictionary(fc.string(), fc.jsonValue()),
  customer: fc.dictionary(fc.string(), fc.string()),
  ...floating,
  ...metered,
  product_features: fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 1_000 }),
      code: fc.string({ minLength: 1, maxLength: 20 }),
      feature_type: fc.constantFrom("activation", "consumption"),
      ...floating,
      ...metered,
    }),
    { selector: ({ id }) => id, comparator: (a, b) => a === b },
  ),
});

test("[FILE-5] a license object that is read, shown and read again is the same license", () => {
  fc.assert(
    fc.property(objects, (object) => {
      const license = readLicense(object);
      if ("problem" in license) return assert.match(license.problem, /twice$/);
      const shown = licenseToWire(license, noUsage(NOW), { isAdmin: true });
      assert.deepEqual(read(JSON.parse(JSON.stringify(shown))), JSON.parse(JSON.stringify(license)));
    }),
  );
});
