// POST /api/v4/license/generate
// SPEC: FILE-6, FILE-8
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { writeActivationRequest } from "../../../use-cases/write-request.ts";
import { DisplayText, OptionalCount, OptionalName, toInteger } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";

export function licenseGenerate(context: FloatingServerContext) {
  return defineRoute({
    name: "licenseGenerate",
    summary: "Write an activation request: a file for the vendor, which answers it with a license file",
    section: "Licenses",
    methods: ["POST"],
    paths: ["/api/v4/license/generate"],
    input: Type.Object({
      product: OptionalName("product code; may be left out where licenses of one product are here"),
      license_key: OptionalName("license key; left out: that of the license that is here already"),
      username: OptionalName("user name, for user-based products"),
      password: DisplayText("the user's password"),
      license_id: OptionalCount("which of several licenses"),
    }),
    reply: Type.String({ description: "the request, base64 in one line" }),
    contentType: "text/plain; charset=utf-8",
    refuses: ["license_not_found"],
    access: { role: "admin", isLocal: true },
    changes: true,
    async handle(input, request, reply) {
      const { product, license_key: licenseKey, username, password } = input;
      const outcome = await writeActivationRequest(context, {
        product: product ?? undefined,
        licenseKey: licenseKey ?? undefined,
        username: username ?? undefined,
        password: password ?? undefined,
        licenseId: toInteger(input.license_id),
      });
      if (isRefusal(outcome)) return outcome;
      const { requestId, file } = outcome;
      request.log.info({ requestId }, "activation request written");
      return reply
        .header("content-type", "text/plain; charset=utf-8")
        .header("content-disposition", `attachment; filename="${requestId}.req"`)
        .header("cache-control", "no-store")
        .send(file);
    },
  });
}
