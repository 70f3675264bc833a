import { isRefusal, refuse } from "../../../domain/outcome.ts";
import { readRequestFile } from "../../../license-file/read-request.ts";
import type { RequestContent } from "../../../license-file/request-content.ts";
import * as operations from "../../../management/operations/offline.ts";
import { answerRequest } from "../../../use-cases/vendor/offline/answer-request.ts";
import { deactivateByRequest } from "../../../use-cases/vendor/offline/deactivate-by-request.ts";
import { inspectRequest } from "../../../use-cases/vendor/offline/inspect-request.ts";
import type { OfflineContext } from "../../../use-cases/vendor/offline/offline-context.ts";
import { proveRequest } from "../../../use-cases/vendor/offline/prove-request.ts";
import { writeRefreshFile } from "../../../use-cases/vendor/offline/write-refresh-file.ts";
import { type Bound, bind } from "../bind.ts";

/** Files that travel between a vendor and its customers' floating servers. */
export function offlineHandlers(vendor: OfflineContext): readonly Bound[] {
  return [
    bind(operations.inspectRequest, async ({ body }) => {
      const seen = await inspectRequest(vendor, body.file);
      if ("problem" in seen) return refuse("request_file_invalid", seen.problem);
      if ("refused" in seen) return seen;
      const { content, license, device, isAnswered } = seen;
      return {
        request: content.request,
        request_id: content.requestId,
        date: content.date,
        product: content.product,
        hardware_id: content.hardwareId,
        license_key: content.licenseKey ?? null,
        username: content.username ?? null,
        license: license?.id ?? null,
        is_device_known: device !== undefined,
        is_answered: isAnswered,
        info: content.info,
      };
    }),
    bind(operations.answerRequest, async ({ body, store }) => {
      const proven = await believe(vendor, body.file, "activation");
      if ("refused" in proven) return proven;
      const answer = await answerRequest({ ...vendor, store }, proven);
      return isRefusal(answer) ? answer : { request_id: proven.content.requestId, file: answer.file };
    }),
    bind(operations.deactivateByRequest, async ({ body, store }) => {
      const proven = await believe(vendor, body.file, "deactivation");
      if ("refused" in proven) return proven;
      const done = await deactivateByRequest({ ...vendor, store }, proven);
      const { requestId, product, hardwareId } = proven.content;
      return isRefusal(done) ? done : { request_id: requestId, product, hardware_id: hardwareId };
    }),
    bind(operations.writeRefreshFile, ({ params, body }) => writeRefreshFile(vendor, params.license, body.hardware_id)),
  ];
}

/** The request of a file, once its signature is found good. */
async function believe(vendor: OfflineContext, text: string, kind: RequestContent["request"]) {
  const file = readRequestFile(text);
  if ("problem" in file) return refuse("request_file_invalid", file.problem);
  const proven = await proveRequest(vendor, file);
  if ("problem" in proven) return refuse("request_file_invalid", proven.problem);
  if (isRefusal(proven)) return proven;
  if (proven.content.request === kind) return proven;
  return refuse("request_file_invalid", `it is a request for ${proven.content.request}, and not for ${kind}`);
}
