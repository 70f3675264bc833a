import { type Activated, type Activation, decideActivation } from "../../../domain/activation.ts";
import type { DeviceRefusalCode, Refusal, RefusalCode } from "../../../domain/outcome.ts";
import { provePassword } from "../people/prove-password.ts";
import type { VendorContext } from "../vendor-context.ts";
import type { DeviceLicenseRef } from "./device-license-ref.ts";

export interface ActivationCommand extends Activation {
  readonly license: DeviceLicenseRef;
  /** Of the license user, for user-based products. */
  readonly password?: string | null | undefined;
}

/** Binds a device to a license. */
export async function activateDevice(
  context: VendorContext,
  command: ActivationCommand,
): Promise<Activated | Refusal<RefusalCode | DeviceRefusalCode>> {
  const { license, password, hardwareId } = command;
  const unproven = await provePassword(context, license, password);
  if (unproven !== undefined) return unproven;
  const product = { kind: "product", field: "code", value: license.product } as const;
  const everyDevice = license.username !== undefined;
  return context.store.transact({ license, device: hardwareId, everyDevice, records: [product] }, (view) =>
    decideActivation(view, view.records.get(product), command),
  );
}
