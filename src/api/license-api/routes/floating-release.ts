// POST /api/v4/floating/release
// SPEC: REL-5, LIC-5
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { releaseLicense } from "../../../use-cases/release.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, toCaller } from "../fields.ts";
import { deviceCodes } from "../refusals.ts";

export function floatingRelease(context: LicenseApiContext) {
  return defineRoute({
    name: "floatingRelease",
    summary: "Release the license seat of the device; without one, nothing happens",
    section: "Seats of licenses",
    methods: ["POST"],
    paths: ["/api/v4/floating/release"],
    input: Type.Object(callerFields),
    reply: Type.Literal(""),
    refuses: [...deviceCodes, "license_not_floating"],
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const outcome = await releaseLicense(context, toCaller(input));
      return isRefusal(outcome) ? outcome : "";
    },
  });
}
