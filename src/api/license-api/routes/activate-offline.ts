// POST /api/v4/activate_offline
// SPEC: FILE-1, FILE-6 to FILE-8, DEV-1 to DEV-3
import Type from "typebox";
import { activationRefusals, isRefusal } from "../../../domain/outcome.ts";
import { answerRequest } from "../../../use-cases/vendor/offline/answer-request.ts";
import { defineRoute } from "../../http/route.ts";
import { readFileBody } from "../../http/upload.ts";
import { ActivationObject } from "../activation-object.ts";
import type { Authorizer } from "../authorization/authorize.ts";
import type { LicenseApiContext } from "../context.ts";
import { requireKind } from "../offline-request.ts";

const OfflineAnswer = Type.Object({
  ...ActivationObject.properties,
  request_id: Type.String(),
  date: Type.String(),
  offline_signature: Type.String({ description: "by the shared key of the API key that asked" }),
  license_signature_v2: Type.String({ description: "over the compact JSON without the two license signatures" }),
});

export function activateOffline(context: LicenseApiContext, authorizer: Authorizer) {
  return defineRoute({
    name: "activateOffline",
    summary: "Answer an activation request: its text, or multipart with it. The `.lic` file is base64 of the reply",
    section: "Offline",
    methods: ["POST"],
    paths: ["/api/v4/activate_offline"],
    isUpload: true,
    reply: OfflineAnswer,
    refuses: [...activationRefusals, "offline_request_reused"],
    access: { role: "application", isProvenByFile: true },
    changes: true,
    async handle(_input, request) {
      const proven = await authorizer.admitFile(request, await readFileBody(request));
      requireKind(proven, "activation");
      const answer = await answerRequest(context, proven);
      return isRefusal(answer) ? answer : answer.object;
    },
  });
}
