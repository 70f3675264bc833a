import { unchanged } from "../../../domain/decision.ts";
import { decideIssue } from "../../../domain/issue-license.ts";
import type { License } from "../../../domain/license.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";
import { makeLicenseKey, type NewLicense, planLicense, planScope } from "./plan-license.ts";

export type { NewLicense } from "./plan-license.ts";

/**
 * Issues a license of a product. [LIC-6]
 *
 * @returns it; `does_not_exist` where something it names is not there, `already_exists` where the product has a license
 *   with its key, `invalid_field` where a field cannot be as it is
 */
export function issueLicense(
  { store }: VendorContext,
  wish: NewLicense,
): Promise<License | Refusal<VendorRefusalCode>> {
  const key = wish.key ?? makeLicenseKey();
  return store.transact(planScope(wish, key), (view) => {
    const plan = planLicense(view, wish, key);
    return "refused" in plan ? unchanged(plan) : decideIssue(view, plan);
  });
}
