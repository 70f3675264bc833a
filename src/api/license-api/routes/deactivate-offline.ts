// POST /api/v4/deactivate_offline
// SPEC: FILE-6 to FILE-9, DEV-4
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { deactivateByRequest } from "../../../use-cases/vendor/offline/deactivate-by-request.ts";
import { defineRoute } from "../../http/route.ts";
import { readFileBody } from "../../http/upload.ts";
import type { Authorizer } from "../authorization/authorize.ts";
import type { LicenseApiContext } from "../context.ts";
import { requireKind } from "../offline-request.ts";
import { deviceCodes, featureConsumptionCodes, licenseConsumptionCodes } from "../refusals.ts";

export function deactivateOffline(context: LicenseApiContext, authorizer: Authorizer) {
  return defineRoute({
    name: "deactivateOffline",
    summary: "Take the device of a deactivation request off its license: the request's text, or multipart with it",
    section: "Offline",
    methods: ["POST"],
    paths: ["/api/v4/deactivate_offline"],
    isUpload: true,
    reply: Type.Literal("license_deactivated"),
    refuses: [
      ...new Set([
        ...deviceCodes,
        ...licenseConsumptionCodes,
        ...featureConsumptionCodes,
        "offline_request_reused" as const,
      ]),
    ],
    access: { role: "application", isProvenByFile: true },
    changes: true,
    async handle(_input, request) {
      const proven = await authorizer.admitFile(request, await readFileBody(request));
      requireKind(proven, "deactivation");
      const outcome = await deactivateByRequest(context, proven);
      return isRefusal(outcome) ? outcome : "license_deactivated";
    },
  });
}
