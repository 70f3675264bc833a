import { join } from "node:path";
import { after } from "node:test";
import { type Activation, decideActivation } from "../../src/domain/activation.ts";
import type { BorrowWish } from "../../src/domain/borrow.ts";
import { type Instant, MINUTE_MS } from "../../src/domain/instant.ts";
import { SecretBox } from "../../src/signing/secret-box.ts";
import type { Store } from "../../src/store/store.ts";
import { checkFeature, checkLicense, checkOutFeature, checkOutLicense } from "../../src/use-cases/check-out.ts";
import { consumeFeature, consumeLicense } from "../../src/use-cases/consume.ts";
import { releaseFeature, releaseLicense } from "../../src/use-cases/release.ts";
import type { SeatContext } from "../../src/use-cases/seat-context.ts";
import { activateDevice } from "../../src/use-cases/vendor/devices/activate-device.ts";
import { admitDevice, blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { deactivateDevice } from "../../src/use-cases/vendor/devices/deactivate-device.ts";
import { setVariables } from "../../src/use-cases/vendor/devices/set-variables.ts";
import { assignUser, unassignUser } from "../../src/use-cases/vendor/licenses/assign-user.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import { issueLicense } from "../../src/use-cases/vendor/licenses/issue-license.ts";
import {
  deleteLicense,
  disableLicense,
  enableLicense,
  resetLicense,
} from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { addProductFeature } from "../../src/use-cases/vendor/products/add-product-feature.ts";
import { changeProduct } from "../../src/use-cases/vendor/products/change-product.ts";
import { createProduct } from "../../src/use-cases/vendor/products/create-product.ts";
import type { VendorContext } from "../../src/use-cases/vendor/vendor-context.ts";
import { makeRecord, putRecord } from "../support/make-record.ts";
import { change } from "../support/store-acts.ts";
import { useTempFolder } from "../support/temp-folder.ts";
import type { Operation as FuzzOperation } from "./fuzz.ts";
import type { Random } from "./random.ts";
import { DEVICES, FEATURES, KEYS, randomFeatures, randomTerms, USERS } from "./random-order.ts";
import type { Site } from "./site.ts";

type Context = SeatContext & VendorContext;
type Operation = FuzzOperation<Context>;

const secrets = SecretBox.open(join(useTempFolder({ after }), "seatkeeper.key"));

export function contextOf(store: Store): Context {
  return { store, secrets, channel: "cloud", graceMs: 30_000 };
}

/** Products, users and the first licenses. */
export function firstOrders(random: Random): readonly (readonly Operation[])[] {
  const products = ["cad", "sim"] as const;
  return [
    [
      ...products.map((code) => ({
        name: `product ${code}`,
        run: (context: Context) =>
          createProduct(context, { code, name: code, authorizationMethod: code === "sim" ? "user" : "license-key" }),
      })),
      {
        name: "users",
        run: ({ store }) =>
          change(store, ...USERS.map((username, at) => putRecord("user", makeRecord("user", at + 1, username)))),
      },
    ],
    products.flatMap((product) =>
      FEATURES.map((feature) => ({
        name: `feature ${feature.code} of ${product}`,
        run: (context: Context) => addProductFeature(context, product, feature),
      })),
    ),
    [...KEYS.map((key) => issueOf(random, key)), issueOf(random, undefined)],
  ];
}

/** What is asked of the licenses that there are. @param now about what the stores take for now */
export async function randomOperation(random: Random, now: Instant, { memory }: Site): Promise<Operation> {
  const ids = (await memory.licenses()).map(({ id }) => id);
  const licenseId = ids[random.between(0, ids.length - 1)] ?? 1;
  return random.weighted(KINDS)({ random, now, licenseId });
}

interface Chance {
  readonly random: Random;
  readonly now: Instant;
  /** One of those that there are. */
  readonly licenseId: number;
}

/** Mostly what devices do; what stops them is rare, and what lets them go on is not. */
const KINDS: readonly (readonly [number, (chance: Chance) => Operation])[] = [
  [28, activate],
  [40, check],
  [10, borrow],
  [8, release],
  [6, deactivate],
  [2, bar],
  [6, admit],
  [1, disable],
  [8, enable],
  [0.4, reset],
  [0.6, remove],
  [5, issue],
  [7, consume],
  [3, variables],
  [2, assign],
  [1.5, changeTerms],
  [1, changeState],
  [1, fail],
];

function activate({ random }: Chance): Operation {
  const { license, device } = chooseAsking(random);
  const wish: Activation = {
    hardwareId: device,
    info: random.chance(0.3) ? { hostname: `host ${random.between(1, 3)}` } : {},
    isVm: random.chance(0.1),
    variables: random.chance(0.3) ? { [random.pick(["x", "y"])]: `${random.between(1, 3)}` } : {},
  };
  return {
    name: `activate ${JSON.stringify(license)} ${wish.hardwareId}`,
    run: (context) =>
      license.username === undefined
        ? activateDevice(context, { license, ...wish })
        : activateProven(context, license, wish),
  };
}

/** What activating does once a user's password is proven. */
function activateProven({ store }: Context, license: AskedLicense, wish: Activation) {
  const product = { kind: "product", field: "code", value: license.product } as const;
  const scope = { license, device: wish.hardwareId, everyDevice: true, records: [product] };
  return store.transact(scope, (view) => decideActivation(view, view.records.get(product), wish));
}

function check({ random }: Chance): Operation {
  const asking = chooseAsking(random);
  const feature = random.chance(0.7) ? chooseFeature(random) : undefined;
  const deviceInfo = random.chance(0.1) ? { ip: `${random.between(1, 3)}` } : {};
  const command = { ...asking, borrow: "none", details: {}, deviceInfo } as const;
  return {
    name: `check ${JSON.stringify(asking.license)} ${feature} ${asking.device}`,
    run: (context) =>
      feature === undefined ? checkLicense(context, command) : checkFeature(context, feature, command),
  };
}

function borrow({ random, now }: Chance): Operation {
  const asking = chooseAsking(random);
  const feature = random.chance(0.7) ? chooseFeature(random) : undefined;
  const wish: BorrowWish = random.chance(0.2)
    ? random.pick(["longest", "malformed"])
    : now + random.pick([2, 10, 30, 90]) * MINUTE_MS + random.between(-2, 2) * MINUTE_MS;
  const command = { ...asking, borrow: wish, movesBorrow: true, details: {} };
  return {
    name: `borrow ${JSON.stringify(asking.license)} ${feature} ${asking.device} ${wish}`,
    run: (context) =>
      feature === undefined ? checkOutLicense(context, command) : checkOutFeature(context, feature, command),
  };
}

function release({ random }: Chance): Operation {
  const asking = chooseAsking(random);
  const feature = random.chance(0.7) ? chooseFeature(random) : undefined;
  return {
    name: `release ${JSON.stringify(asking.license)} ${feature} ${asking.device}`,
    run: (context) =>
      feature === undefined ? releaseLicense(context, asking) : releaseFeature(context, asking, feature),
  };
}

function deactivate({ random }: Chance): Operation {
  const { license, device } = chooseAsking(random);
  const consumptions = random.chance(0.3) ? random.between(1, 8) : 0;
  return {
    name: `deactivate ${JSON.stringify(license)} ${device} ${consumptions}`,
    run: (context) => deactivateDevice(context, license, device, consumptions),
  };
}

function bar({ random, licenseId }: Chance): Operation {
  const device = chooseDevice(random);
  return { name: `bar ${licenseId} ${device}`, run: (context) => blacklistDevice(context, licenseId, device) };
}

function admit({ random, licenseId }: Chance): Operation {
  const device = chooseDevice(random);
  return { name: `admit ${licenseId} ${device}`, run: (context) => admitDevice(context, licenseId, device) };
}

function disable({ licenseId }: Chance): Operation {
  return { name: `disable ${licenseId}`, run: (context) => disableLicense(context, licenseId) };
}

function enable({ licenseId }: Chance): Operation {
  return { name: `enable ${licenseId}`, run: (context) => enableLicense(context, licenseId) };
}

function reset({ licenseId }: Chance): Operation {
  return { name: `reset ${licenseId}`, run: (context) => resetLicense(context, licenseId) };
}

function remove({ licenseId }: Chance): Operation {
  return { name: `delete ${licenseId}`, run: (context) => deleteLicense(context, licenseId) };
}

function issue({ random }: Chance): Operation {
  return issueOf(random, random.chance(0.8) ? random.pick(KEYS) : undefined);
}

/** @param key undefined issues a license of the user-based product */
function issueOf(random: Random, key: string | undefined): Operation {
  const terms = randomTerms(random);
  const features = random.chance(0.8) ? randomFeatures(random) : undefined;
  const users = USERS.map((username) => ({ username, maxActivations: random.between(0, 2) }));
  const order = { terms, features, ...(key === undefined ? { product: "sim", users } : { product: "cad", key }) };
  return { name: `issue ${key ?? "for users"}`, run: (context) => issueLicense(context, order) };
}

function consume({ random }: Chance): Operation {
  const { license, device } = chooseAsking(random);
  const feature = random.chance(0.5) ? "tokens" : undefined;
  const wish = {
    amount: random.between(-8, 12),
    overageLimit: random.chance(0.15) ? random.between(0, 8) : undefined,
    user: device,
    replyKey: random.chance(0.3) ? `${JSON.stringify(license)} ${feature} ${random.between(1, 4)}` : undefined,
  };
  return {
    name: `consume ${JSON.stringify(license)} ${feature} ${device} ${wish.amount}`,
    run: (context) =>
      feature === undefined
        ? consumeLicense(context, { license, device }, wish)
        : consumeFeature(context, { license, device }, feature, wish),
  };
}

function variables({ random }: Chance): Operation {
  const { license, device } = chooseAsking(random);
  const values = { [random.pick(["x", "y", "z"])]: `${random.between(1, 3)}` };
  return {
    name: `variables ${JSON.stringify(license)} ${device}`,
    run: (context) => setVariables(context, license, device, values),
  };
}

function assign({ random, licenseId }: Chance): Operation {
  const username = random.pick(USERS);
  const isComing = random.chance(0.7);
  const choice = { username, maxActivations: random.between(0, 3) };
  return {
    name: `${isComing ? "assign" : "unassign"} ${licenseId} ${username}`,
    run: (context) => (isComing ? assignUser(context, licenseId, choice) : unassignUser(context, licenseId, username)),
  };
}

function changeTerms({ random, licenseId }: Chance): Operation {
  const terms = randomTerms(random);
  const features = random.chance(0.5) ? randomFeatures(random) : undefined;
  return {
    name: `change ${licenseId} ${features === undefined ? "terms" : "features"}`,
    run: (context) => changeLicense(context, licenseId, features === undefined ? { terms } : { terms, features }),
  };
}

function changeState({ random }: Chance): Operation {
  const product = random.pick(["cad", "sim"]);
  const state = random.pick(["active", "active", "active", "disabled", "archived"] as const);
  return { name: `change ${product} to ${state}`, run: (context) => changeProduct(context, product, { state }) };
}

/** A decision that looks, and then fails. */
function fail({ random }: Chance): Operation {
  const { license, device } = chooseAsking(random);
  const scope = { license, device, everySeat: true, everyDevice: true };
  return {
    name: `fail ${JSON.stringify(license)}`,
    run: ({ store }) =>
      store.transact(scope, ({ seats, devices }) => {
        throw new Error(`failed with ${seats.length} seats and ${devices.length} devices`);
      }),
  };
}

interface AskedLicense {
  readonly product: string;
  readonly key?: string;
  readonly username?: string;
}

/** A few again and again, and now and then one that was never there. */
function chooseDevice(random: Random): string {
  return random.chance(0.9) ? random.pick(DEVICES) : `hw-${random.between(1, 99)}`;
}

function chooseLicense(random: Random): AskedLicense {
  if (random.chance(0.25)) return { product: "sim", username: random.pick(["ann", "ann", "bob", "eve"]) };
  const product = random.chance(0.01) ? "unknown" : "cad";
  return { product, key: random.chance(0.01) ? "K-9" : random.pick(KEYS) };
}

/** The first license is asked about most, so that there is a race for its seats. */
function chooseAsking(random: Random) {
  const device = chooseDevice(random);
  const license: AskedLicense = random.chance(0.4) ? { product: "cad", key: KEYS[0] } : chooseLicense(random);
  return { license, device, holder: device };
}

function chooseFeature(random: Random): string {
  return random.chance(0.05) ? random.pick(["unknown", "tokens", "viewer"]) : random.pick(["render", "export"]);
}
