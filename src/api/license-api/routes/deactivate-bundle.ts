// POST /api/v4/deactivate_bundle
// SPEC: DEV-8, DEV-4
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { deactivateBundle as deactivate } from "../../../use-cases/vendor/devices/deactivate-bundle.ts";
import { OptionalInteger, toInteger } from "../../../wire/fields.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import { defineRoute } from "../../http/route.ts";
import { BUNDLES, bundleCallerFields, findBundleRef } from "../bundle-fields.ts";
import type { CallerOf } from "../caller.ts";
import type { LicenseApiContext } from "../context.ts";
import { deviceCodes } from "../refusals.ts";

/** All or none: every license is asked first. What else is promised stands in `use-cases/vendor/devices/find-bundle.ts`. */
export function deactivateBundle(context: LicenseApiContext, callerOf: CallerOf) {
  return defineRoute({
    name: "deactivateBundle",
    summary: "Take a device off the licenses of a bundle: off all of them, or where one refuses it off none",
    section: BUNDLES,
    methods: ["POST"],
    paths: ["/api/v4/deactivate_bundle"],
    input: Type.Object({
      ...bundleCallerFields,
      consumptions: OptionalInteger("not for bundles: it would not tell which product's; add it first"),
    }),
    reply: Type.Literal("license_deactivated"),
    refuses: deviceCodes,
    access: { role: "application" },
    changes: true,
    async handle(input, request) {
      const ref = await findBundleRef(context, callerOf, input, request);
      if (isRefusal(ref)) return ref;
      if ((toInteger(input.consumptions) ?? 0) !== 0) {
        throw new RequestRefusal("validation_error", "consumptions must be added by add_consumption, for one product");
      }
      const outcome = await deactivate(context, ref, input.hardware_id);
      return isRefusal(outcome) ? outcome : "license_deactivated";
    },
  });
}
