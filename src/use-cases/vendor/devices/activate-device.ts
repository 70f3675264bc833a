import { type Activated, type Activation, decideActivation } from "../../../domain/activation.ts";
import type { Decision } from "../../../domain/decision.ts";
import type { DeviceRefusalCode, Refusal, RefusalCode } from "../../../domain/outcome.ts";
import { provePassword } from "../people/prove-password.ts";
import type { VendorContext } from "../vendor-context.ts";
import type { DeviceLicenseRef } from "./device-license-ref.ts";

export interface ActivationCommand extends Activation {
  readonly license: DeviceLicenseRef;
  /** Of the license user, for user-based products. */
  readonly password?: string | null | undefined;
}

type ActivationOutcome = Activated | Refusal<RefusalCode | DeviceRefusalCode>;

/** Binds a device to a license. */
export async function activateDevice(context: VendorContext, command: ActivationCommand): Promise<ActivationOutcome> {
  const { license, password } = command;
  const unproven = await provePassword(context, license, password);
  return unproven ?? bindDevice(context, license, command);
}

/**
 * Binds a device for someone who has proven the user's password, where there is one.
 *
 * @param judge what is made of the decision before it is committed
 */
export function bindDevice(
  { store }: VendorContext,
  license: DeviceLicenseRef,
  wish: Activation,
  judge: (decision: Decision<ActivationOutcome>) => Decision<ActivationOutcome> = (decision) => decision,
): Promise<ActivationOutcome> {
  const { hardwareId } = wish;
  const product = { kind: "product", field: "code", value: license.product } as const;
  const everyDevice = license.username !== undefined;
  return store.transact({ license, device: hardwareId, everyDevice, records: [product] }, (view) =>
    judge(decideActivation(view, view.records.get(product), wish)),
  );
}
