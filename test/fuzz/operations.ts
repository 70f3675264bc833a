import type { BorrowWish } from "../../src/domain/borrow.ts";
import type { ImportedFile } from "../../src/domain/decision.ts";
import { decideImport } from "../../src/domain/import-license.ts";
import { type Instant, MINUTE_MS } from "../../src/domain/instant.ts";
import type { License } from "../../src/domain/license.ts";
import type { Store } from "../../src/store/store.ts";
import { checkOutFeature, checkOutLicense } from "../../src/use-cases/check-out.ts";
import { consumeFeature, consumeLicense } from "../../src/use-cases/consume.ts";
import { releaseFeature, releaseLicense } from "../../src/use-cases/release.ts";
import { releaseAllFeatures, releaseAllLicenseSeats } from "../../src/use-cases/release-all.ts";
import type { SeatContext } from "../../src/use-cases/seat-context.ts";
import { showLicense } from "../../src/use-cases/show-license.ts";
import { makeFile } from "../support/make-license.ts";
import { START } from "../support/test-clock.ts";
import type { Operation as FuzzOperation } from "./fuzz.ts";
import type { Random } from "./random.ts";
import { LICENSES, randomLicense } from "./random-license.ts";

type Operation = FuzzOperation<SeatContext>;

const HOLDERS = ["ann", "Ann", "bob", "cy"] as const;
const GRACE_MS = 30_000;

export function contextOf(store: Store): SeatContext {
  return { store, channel: "onPremise", graceMs: GRACE_MS };
}

/** @param now about what the stores take for now */
export function randomOperation(random: Random, now: Instant): Operation {
  return random.weighted(KINDS)(random, now);
}

const KINDS: readonly (readonly [number, (random: Random, now: Instant) => Operation])[] = [
  [30, useFeature],
  [10, register],
  [6, borrow],
  [10, release],
  [5, unregister],
  [1, releaseAll],
  [1, unregisterAll],
  [12, consume],
  [4, importLicense],
  [2, show],
  [1, sweep],
  [1, fail],
];

function useFeature(random: Random, now: Instant): Operation {
  const [license, holder, feature] = [choose(random), random.pick(HOLDERS), chooseFeature(random)];
  const wish = random.chance(0.2) ? borrowWish(random, now) : "none";
  const details = chooseDetails(random);
  return {
    name: `use ${JSON.stringify(license)} ${feature} ${holder} ${wish}`,
    run: (context) => checkOutFeature(context, feature, { license, holder, borrow: wish, details }),
  };
}

function register(random: Random): Operation {
  const [license, holder, details] = [choose(random), random.pick(HOLDERS), chooseDetails(random)];
  return {
    name: `register ${JSON.stringify(license)} ${holder}`,
    run: (context) => checkOutLicense(context, { license, holder, borrow: "none", details }),
  };
}

function borrow(random: Random, now: Instant): Operation {
  const [license, holder, wish] = [choose(random), random.pick(HOLDERS), borrowWish(random, now)];
  return {
    name: `borrow ${JSON.stringify(license)} ${holder} ${wish}`,
    run: (context) => checkOutLicense(context, { license, holder, borrow: wish, movesBorrow: true, details: {} }),
  };
}

function release(random: Random): Operation {
  const [license, holder, feature] = [choose(random), random.pick(HOLDERS), chooseFeature(random)];
  return {
    name: `release ${JSON.stringify(license)} ${feature} ${holder}`,
    run: (context) => releaseFeature(context, { license, holder }, feature),
  };
}

function unregister(random: Random): Operation {
  const [license, holder] = [choose(random), random.pick(HOLDERS)];
  return {
    name: `unregister ${JSON.stringify(license)} ${holder}`,
    run: (context) => releaseLicense(context, { license, holder }),
  };
}

function releaseAll(random: Random): Operation {
  const filter = chooseFilter(random);
  return { name: `release all ${JSON.stringify(filter)}`, run: (context) => releaseAllFeatures(context, filter) };
}

function unregisterAll(random: Random): Operation {
  const filter = chooseFilter(random);
  return {
    name: `unregister all ${JSON.stringify(filter)}`,
    run: (context) => releaseAllLicenseSeats(context, filter),
  };
}

function consume(random: Random): Operation {
  const license = choose(random);
  const feature = random.chance(0.5) ? chooseFeature(random) : undefined;
  const wish = {
    amount: random.between(-8, 12),
    overageLimit: random.chance(0.15) ? random.between(0, 8) : undefined,
    user: random.chance(0.5) ? random.pick(HOLDERS) : undefined,
    replyKey: random.chance(0.3) ? `${JSON.stringify(license)} ${feature} ${random.between(1, 4)}` : undefined,
  };
  return {
    name: `consume ${JSON.stringify(license)} ${feature} ${JSON.stringify(wish)}`,
    run: (context) =>
      feature === undefined
        ? consumeLicense(context, { license }, wish)
        : consumeFeature(context, { license }, feature, wish),
  };
}

/** Takes a file in which a license has other limits than before; now and then an outdated one, or one that is known. */
function importLicense(random: Random, now: Instant): Operation {
  const which = random.pick(LICENSES);
  const license = randomLicense(random, random.chance(0.03) ? { ...which, product: "cam" } : which, now);
  const issuedAt = random.chance(0.1) ? START - 1 : now;
  return importOf(license, makeFile({ digest: `${random.between(1, 100)}`, issuedAt }));
}

/** The operations that a site begins with: an import of each license. */
export function firstImports(random: Random): Operation[] {
  return LICENSES.map((which) => importOf(randomLicense(random, which, START), makeFile({ issuedAt: START })));
}

/** What `importLicense` does with a file that it has read, verified and understood. */
function importOf(license: License, file: ImportedFile): Operation {
  return {
    name: `import ${license.id} for ${license.product.code} ${JSON.stringify(file)}`,
    run: ({ store }) =>
      store.transact({ license: { licenseId: license.id } }, (view) => decideImport(view, license, file)),
  };
}

function show(random: Random): Operation {
  const license = choose(random);
  return { name: `show ${JSON.stringify(license)}`, run: ({ store }) => showLicense(store, license) };
}

function sweep(): Operation {
  return { name: "sweep", run: ({ store }) => store.sweep() };
}

/** A decision that looks, and then fails. */
function fail(random: Random): Operation {
  const license = choose(random);
  const scope = { license, feature: chooseFeature(random), holder: random.pick(HOLDERS), everySeat: true };
  return {
    name: `fail ${JSON.stringify(license)}`,
    run: ({ store }) =>
      store.transact(scope, ({ seats }) => {
        throw new Error(`failed with ${seats.length} seats`);
      }),
  };
}

function choose(random: Random): { product: string; licenseId?: number } {
  const { id, product } = random.chance(0.5) ? random.pick(LICENSES) : LICENSES[1];
  const code = random.chance(0.02) ? random.pick(["unknown", "cam"]) : product;
  return random.chance(0.4) ? { product: code, licenseId: id } : { product: code };
}

function chooseFeature(random: Random): string {
  return random.chance(0.05)
    ? random.pick(["unknown", "viewer"])
    : random.pick(["render", "render", "export", "tokens"]);
}

function chooseFilter(random: Random): { product?: string; licenseId?: number; feature?: string } {
  return {
    ...(random.chance(0.5) && choose(random)),
    ...(random.chance(0.5) && { feature: chooseFeature(random) }),
  };
}

function chooseDetails(random: Random): { hostname?: string; info?: string; registeredAt?: Instant } {
  return {
    ...(random.chance(0.3) && { hostname: `host ${random.between(1, 3)}` }),
    ...(random.chance(0.3) && { info: random.pick(["", "Ünïcode 𝒜"]) }),
    ...(random.chance(0.1) && { registeredAt: random.between(-1, 1) }),
  };
}

function borrowWish(random: Random, now: Instant): BorrowWish {
  if (random.chance(0.2)) return random.pick(["longest", "malformed"]);
  return now + random.pick([2, 10, 30, 90]) * MINUTE_MS + random.between(-2, 2) * MINUTE_MS;
}
