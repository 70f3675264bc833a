// POST /api/v4/license/upload
// SPEC: FILE-1 to FILE-5, FILE-8, FILE-9
import { isRefusal } from "../../../domain/outcome.ts";
import { importLicense } from "../../../use-cases/import-license.ts";
import { showLicense } from "../../../use-cases/show-license.ts";
import { LicenseObject, licenseToWire } from "../../../wire/license-object.ts";
import { defineRoute } from "../../http/route.ts";
import { readUpload } from "../../http/upload.ts";
import type { FloatingServerContext } from "../context.ts";

export function licenseUpload(context: FloatingServerContext) {
  return defineRoute({
    name: "licenseUpload",
    summary: "Import or refresh an offline license: multipart, the first file part, and optionally a field `product`",
    section: "Licenses",
    methods: ["POST"],
    paths: ["/api/v4/license/upload"],
    isUpload: true,
    reply: LicenseObject,
    refuses: [
      "license_file_invalid",
      "license_file_outdated",
      "hardware_id_mismatch",
      "offline_request_unknown",
      "offline_request_reused",
    ],
    access: { role: "admin", isLocal: true },
    changes: true,
    async handle(_input, request, reply) {
      const { text, product } = await readUpload(request);
      const outcome = await importLicense(context, text, product);
      if (isRefusal(outcome)) return outcome;
      const shown = await showLicense(context.store, { licenseId: outcome.license.id });
      if (isRefusal(shown)) return shown;
      request.log.info({ licenseId: outcome.license.id, result: outcome.imported }, "license file read");
      reply.header("x-import-result", outcome.imported);
      return licenseToWire(shown.license, shown.usage, { isAdmin: true });
    },
  });
}
