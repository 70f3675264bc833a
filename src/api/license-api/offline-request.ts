import type { RequestContent } from "../../license-file/request-content.ts";
import type { ProvenRequest } from "../../use-cases/vendor/offline/prove-request.ts";
import { RequestRefusal } from "../http/request-refusal.ts";

/** Each of the offline routes takes one kind of request. @throws RequestRefusal */
export function requireKind({ content }: ProvenRequest, kind: RequestContent["request"]): void {
  if (content.request === kind) return;
  throw new RequestRefusal("validation_error", `content: request must be ${kind} here, not ${content.request}`);
}
