import { decideDeletion, decideDisabling, decideEnabling, decideReset } from "../../../domain/change-license.ts";
import type { Decide } from "../../../domain/decision.ts";
import type { License } from "../../../domain/license.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

type Changed = Promise<License | Refusal<VendorRefusalCode>>;

export function enableLicense(context: VendorContext, licenseId: number): Changed {
  return change(context, licenseId, decideEnabling);
}

/** Refuses everything about a license from now on; its seats end in the same commit. */
export function disableLicense(context: VendorContext, licenseId: number): Changed {
  return change(context, licenseId, decideDisabling);
}

/** Makes a license as if it had never been activated; its seats end in the same commit. */
export function resetLicense(context: VendorContext, licenseId: number): Changed {
  return change(context, licenseId, decideReset);
}

/** Removes a license with everything of it. */
export function deleteLicense(context: VendorContext, licenseId: number): Changed {
  return change(context, licenseId, decideDeletion);
}

function change({ store }: VendorContext, licenseId: number, decide: Decide<Awaited<Changed>>): Changed {
  return store.transact({ license: { licenseId }, everySeat: true, everyDevice: true }, decide);
}
