// POST /api/v4/unregister
// SPEC: REL-2
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { releaseLicense } from "../../../use-cases/release.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { holderFields, licenseFields, toLicenseRef } from "../fields.ts";
import { licenseCodes } from "../refusals.ts";

export function unregister(context: FloatingServerContext) {
  return defineRoute({
    name: "unregister",
    summary: "Release a user's license seat, its borrow, and the user's feature seats",
    section: "Seats of licenses",
    methods: ["POST"],
    paths: ["/api/v4/unregister"],
    aliases: ["/api/v4/floating/unregister", "/api/v4/floatingunregister", "/api/v4/api/v4/unregister"],
    input: Type.Object({ ...licenseFields, ...holderFields }),
    reply: Type.Literal("user_unregistered"),
    refuses: [...licenseCodes, "license_not_floating", "device_not_found"],
    access: { role: "user" },
    changes: true,
    async handle(input) {
      const outcome = await releaseLicense(context, { license: toLicenseRef(input), holder: input.user });
      return isRefusal(outcome) ? outcome : "user_unregistered";
    },
  });
}
