import type { FastifyRequest } from "fastify";
import Type, { type Static } from "typebox";
import { isRefusal, type Refusal } from "../../domain/outcome.ts";
import { type BundleRef, findBundle } from "../../use-cases/vendor/devices/find-bundle.ts";
import type { VendorContext } from "../../use-cases/vendor/vendor-context.ts";
import { Name, OptionalName } from "../../wire/fields.ts";
import { RequestRefusal } from "../http/request-refusal.ts";
import { type CallerOf, productsOf } from "./caller.ts";
import type { ApplicationCode } from "./errors.ts";
import { deviceField, deviceInfoFields, toLicenseRef } from "./fields.ts";

/** The section of the routes whose `product` is a bundle's code. */
export const BUNDLES = "Bundles";

/** Which licenses of which bundle; either `license_key` or `username` is required. */
const bundleFields = {
  product: Name("code of the bundle"),
  license_key: OptionalName("license key, for key-based products"),
  username: OptionalName("user name, for user-based products"),
};

/** Fields of every request about one device's bundle. A `license_id` names nothing here: each license has its own. */
export const bundleCallerFields = { ...deviceField, ...bundleFields, ...deviceInfoFields };

const BundleInput = Type.Object(bundleFields);

/**
 * The bundle that a request means. An application that is for some products only may ask about a bundle of these.
 *
 * @throws RequestRefusal `license_key_or_license_user_required`, `api_key_product_not_allowed`
 */
export async function findBundleRef(
  context: VendorContext,
  callerOf: CallerOf,
  input: Static<typeof BundleInput>,
  request: FastifyRequest,
): Promise<BundleRef | Refusal<"unknown_product">> {
  const bundle = await findBundle(context, input.product);
  const allowed = productsOf(callerOf, request);
  // What such an application may not ask about, it is not told the existence of either.
  const isAllowed = !isRefusal(bundle) && bundle.productCodes.every((code) => allowed?.includes(code));
  if (allowed !== null && !isAllowed) throw new RequestRefusal<ApplicationCode>("api_key_product_not_allowed");
  const { key, username } = toLicenseRef(input);
  return isRefusal(bundle) ? bundle : { bundle, key, username };
}
