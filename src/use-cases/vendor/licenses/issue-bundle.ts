import { unchanged } from "../../../domain/decision.ts";
import { decideIssues, type LicensePlan } from "../../../domain/issue-license.ts";
import type { License } from "../../../domain/license.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";
import { makeLicenseKey, type NewLicense, planLicense, planScope } from "./plan-license.ts";

/** A bundle to sell: the key or the users, and the terms, are those of every license of it. */
export interface NewBundleLicenses
  extends Pick<NewLicense, "terms" | "customerId" | "orderId" | "key" | "users" | "metadata"> {
  /** Bundle code. */
  readonly bundle: string;
}

type VendorRefusal = Refusal<VendorRefusalCode>;

/**
 * Issues a license of each product of a bundle, with one key or the same users: all of them in one commit, or none.
 *
 * @returns the licenses in the order of the bundle's products
 */
export async function issueBundle(
  { store }: VendorContext,
  { bundle: code, ...wish }: NewBundleLicenses,
): Promise<readonly License[] | VendorRefusal> {
  const key = wish.key ?? makeLicenseKey();
  const ref = { kind: "bundle", field: "code", value: code } as const;
  for (;;) {
    const bundle = await store.findRecord(ref);
    if (bundle === undefined) return refuse("does_not_exist", `bundle ${code}`);
    const { productCodes } = bundle;
    const wishes = productCodes.map((product): NewLicense => ({ ...wish, product, bundleCode: code }));
    const scopes = wishes.map((each) => planScope(each, key));
    const licenses = scopes.flatMap((scope) => scope.licenses ?? []);
    const records = scopes.flatMap((scope) => scope.records ?? []);
    const issued = await store.transact({ licenses, records }, (view) => {
      // The scope was made for these products: where others came in between, it is made anew.
      if (view.records.get(ref)?.productCodes.join("\0") !== productCodes.join("\0")) return unchanged(undefined);
      const plans: LicensePlan[] = [];
      for (const each of wishes) {
        const plan = planLicense(view, each, key);
        if ("refused" in plan) return unchanged(plan);
        plans.push(plan);
      }
      return decideIssues(view, plans);
    });
    if (issued !== undefined) return issued;
  }
}
