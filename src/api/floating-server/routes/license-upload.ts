// POST /api/v4/license/upload
// SPEC: FILE-1 to FILE-5
import type { FastifyRequest } from "fastify";
import { isRefusal } from "../../../domain/outcome.ts";
import { importLicense } from "../../../use-cases/import-license.ts";
import { showLicense } from "../../../use-cases/show-license.ts";
import { LicenseObject, licenseToWire } from "../../../wire/license-object.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import { defineRoute } from "../../http/route.ts";
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
    refuses: ["license_file_invalid", "license_file_outdated", "hardware_id_mismatch"],
    access: { role: "admin", isLocal: true },
    changes: true,
    async handle(_input, request, reply) {
      const { text, product } = await readUpload(request).catch(explainUpload);
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

/** The parser's own errors have no code: such a form is broken. */
function explainUpload(error: unknown): never {
  if (error instanceof RequestRefusal || (error instanceof Error && "code" in error)) throw error;
  throw new RequestRefusal("bad_request", error instanceof Error ? error.message : "the form is broken");
}

async function readUpload(request: FastifyRequest): Promise<{ text: string; product: string | undefined }> {
  let text: string | undefined;
  let product: string | undefined;
  for await (const part of request.parts()) {
    if (part.type === "file") {
      const bytes = await part.toBuffer();
      text ??= bytes.toString();
    } else if (part.fieldname.toLowerCase() === "product" && typeof part.value === "string" && part.value !== "") {
      product = part.value;
    }
  }
  if (text === undefined) throw new RequestRefusal("missing_parameters", "file");
  return { text, product };
}
