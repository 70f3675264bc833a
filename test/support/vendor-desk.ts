import { type Activation, decideActivation, decideDeactivation, decideVariables } from "../../src/domain/activation.ts";
import {
  decideAdmission,
  decideBlacklisting,
  decideVendorDeactivation,
  decideVendorVariables,
} from "../../src/domain/change-device.ts";
import { decideFeatureCheck, decideLicenseCheck } from "../../src/domain/check-out.ts";
import type { Decide, Decision, View } from "../../src/domain/decision.ts";
import type { Device } from "../../src/domain/device.ts";
import type { License } from "../../src/domain/license.ts";
import type { VendorProduct } from "../../src/domain/product.ts";
import { decideFeatureRelease, decideLicenseRelease } from "../../src/domain/release.ts";
import { Desk, type Wish } from "./desk.ts";
import { makeFeature, makeIssuedDetails, makeLicense } from "./make-license.ts";
import { makeRecord } from "./make-record.ts";

interface DeviceScope {
  readonly holder?: string;
  readonly feature?: string;
  readonly device?: string;
  readonly userId?: number | undefined;
}

const CLOUD = { onPremise: false, cloud: true };
const PLAIN = { channel: "cloud", graceMs: 0, borrow: "none" } as const;

/** A license as it is issued: on any number of devices, two features that float in the cloud, and itself so. */
export function makeCloudLicense(overrides: Partial<License> = {}): License {
  const license = makeLicense({ floats: CLOUD });
  return {
    ...license,
    active: false,
    features: [
      makeFeature({ floats: CLOUD, id: 11, code: "render" }),
      makeFeature({ floats: CLOUD, id: 12, code: "export" }),
    ],
    details: { ...license.details, allowUnlimitedActivations: true },
    issued: makeIssuedDetails(),
    ...overrides,
  };
}

/** One license at its vendor, with any number of devices, to try decisions on. */
export class VendorDesk extends Desk {
  devices: readonly Device[] = [];
  product: VendorProduct | undefined = makeRecord("product", 1, "cad");

  constructor(license: License | undefined = makeCloudLicense()) {
    super(license);
  }

  activate(hardwareId: string, { userId, ...wish }: Partial<Activation> & { userId?: number } = {}) {
    const activation = { info: {}, isVm: false, variables: {}, ...wish, hardwareId };
    return this.decide({ device: hardwareId, userId }, (view) => decideActivation(view, this.product, activation));
  }

  deactivate(hardwareId: string, consumptions = 0) {
    return this.decide(allOf(hardwareId), (view) => decideDeactivation(view, consumptions));
  }

  deactivateByVendor(hardwareId: string) {
    return this.decide(allOf(hardwareId), decideVendorDeactivation);
  }

  bar(hardwareId: string) {
    return this.decide(allOf(hardwareId), (view) => decideBlacklisting(view, hardwareId));
  }

  admit(hardwareId: string) {
    return this.decide(allOf(hardwareId), decideAdmission);
  }

  setVariables(hardwareId: string, values: Readonly<Record<string, string>>) {
    return this.decide(allOf(hardwareId), (view) => decideVariables(view, values));
  }

  setVariablesByVendor(hardwareId: string, values: Readonly<Record<string, string>>) {
    return this.decide(allOf(hardwareId), (view) => decideVendorVariables(view, values));
  }

  checkFeature(hardwareId: string, feature: string, wish: Wish = {}) {
    const command = { ...PLAIN, ...wish, holder: hardwareId };
    return this.decide({ ...allOf(hardwareId), feature }, (view) => decideFeatureCheck(view, feature, command));
  }

  checkLicense(hardwareId: string, wish: Wish = {}) {
    return this.decide(allOf(hardwareId), (view) =>
      decideLicenseCheck(view, { ...PLAIN, ...wish, holder: hardwareId }),
    );
  }

  releaseCloudFeature(hardwareId: string, feature: string) {
    return this.decide({ ...allOf(hardwareId), feature }, (view) => decideFeatureRelease(view, feature, "cloud"));
  }

  releaseCloudLicense(hardwareId: string) {
    return this.decide(allOf(hardwareId), (view) => decideLicenseRelease(view, "cloud"));
  }

  /** The row of a hardware id. */
  row(hardwareId: string | undefined): Device | undefined {
    return this.devices.find((each) => each.hardwareId === hardwareId);
  }

  override view({ device, userId, ...scope }: DeviceScope): View {
    const view = super.view(scope);
    const variables = this.devices.flatMap((each) => each.variables);
    return {
      ...view,
      userId,
      device: this.row(device),
      devices: this.devices,
      nextIds: { ...view.nextIds, device: nextAfter(this.devices), variable: nextAfter(variables) },
    };
  }

  override decide<Outcome>(scope: DeviceScope, decide: Decide<Outcome>): Decision<Outcome> {
    const decision = super.decide(scope, decide);
    for (const change of decision.changes) {
      if (change.change !== "put_device") continue;
      const others = this.devices.filter(({ id }) => id !== change.device.id);
      this.devices = [...others, change.device].sort((a, b) => a.id - b.id);
    }
    return decision;
  }
}

function allOf(hardwareId: string): DeviceScope {
  return { device: hardwareId, holder: hardwareId };
}

function nextAfter(things: readonly { readonly id: number }[]): number {
  return Math.max(0, ...things.map(({ id }) => id)) + 1;
}
