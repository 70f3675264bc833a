import { type Checked, decideLicenseCheck } from "../../../domain/check-out.ts";
import { isRefusal, type Refusal } from "../../../domain/outcome.ts";
import { type CheckOutCommand, checkLicense } from "../../check-out.ts";
import type { SeatContext } from "../../seat-context.ts";
import { type BundleRef, forEachLicense, rehearse } from "./find-bundle.ts";

/** Looks at a device's licenses of a bundle; of those that float it takes or renews a seat each, or none where one refuses. */
export async function checkBundle(
  context: SeatContext,
  ref: BundleRef,
  command: Omit<CheckOutCommand, "license">,
): Promise<readonly Checked[] | Refusal> {
  const { store, channel, graceMs } = context;
  const { device, holder } = command;
  const rehearsed = await forEachLicense(ref, (license) =>
    store.transact({ license, device, holder }, (view) =>
      rehearse(decideLicenseCheck(view, { channel, graceMs, ...command })),
    ),
  );
  return isRefusal(rehearsed)
    ? rehearsed
    : forEachLicense(ref, (license) => checkLicense(context, { ...command, license }));
}
