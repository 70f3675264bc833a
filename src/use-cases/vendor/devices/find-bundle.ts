import type { Decision } from "../../../domain/decision.ts";
import { unchanged } from "../../../domain/decision.ts";
import { isRefusal, type Refusal, refuse } from "../../../domain/outcome.ts";
import type { Bundle } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";
import type { DeviceLicenseRef } from "./device-license-ref.ts";

/*
 * [DEV-8] A device asks for all products of a bundle at once. Their licenses are units of their own, so each is decided in a
 * commit of its own. What is promised: first every one is asked what it would answer, and the first refusal is the
 * answer, with nothing changed. Then all are changed. Should one be refused only then, because somebody else came in
 * between, that refusal is the answer, and those before it stay as they were asked to be: asking again goes on from
 * there.
 */

/** Licenses that were issued with a bundle and share their key or their user. */
export interface BundleRef {
  readonly bundle: Bundle;
  readonly key?: string | undefined;
  readonly username?: string | undefined;
}

export async function findBundle({ store }: VendorContext, code: string): Promise<Bundle | Refusal<"unknown_product">> {
  return (await store.findRecord({ kind: "bundle", field: "code", value: code })) ?? refuse("unknown_product");
}

/** A license of each product. */
export function licensesOf({ bundle, key, username }: BundleRef): readonly DeviceLicenseRef[] {
  return bundle.productCodes.map((product) => ({ product, key, username, bundleCode: bundle.code }));
}

/** What a decision would say, and nothing changed. A refusal is recorded as ever. */
export function rehearse<Outcome extends object>(decision: Decision<Outcome>): Decision<Outcome> {
  return isRefusal(decision.outcome) ? decision : unchanged(decision.outcome);
}

/** Does one thing for each license, one after another. @returns what came of each, or the first refusal */
export async function forEachLicense<Outcome extends object>(
  ref: BundleRef,
  act: (license: DeviceLicenseRef) => Promise<Outcome>,
): Promise<readonly Exclude<Outcome, Refusal<string>>[] | Extract<Outcome, Refusal<string>>> {
  const done: Exclude<Outcome, Refusal<string>>[] = [];
  for (const license of licensesOf(ref)) {
    const outcome = await act(license);
    if (isRefusal(outcome)) return outcome as unknown as Extract<Outcome, Refusal<string>>;
    done.push(outcome as unknown as Exclude<Outcome, Refusal<string>>);
  }
  return done;
}
