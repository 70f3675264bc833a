import type { Device } from "../../../domain/device.ts";
import type { License } from "../../../domain/license.ts";
import { offlineRequest } from "../../../domain/offline-request.ts";
import { isRefusal } from "../../../domain/outcome.ts";
import { type RequestProblem, readRequestFile } from "../../../license-file/read-request.ts";
import type { RequestContent } from "../../../license-file/request-content.ts";
import type { VendorContext } from "../vendor-context.ts";
import { licenseOf } from "./license-of.ts";
import { type ProofRefusalCode, proveRequest } from "./prove-request.ts";

/** What a request asks for, to be shown before it is answered. */
export interface InspectedRequest {
  readonly content: Omit<RequestContent, "password">;
  /** The license it would activate or give back. */
  readonly license: License | undefined;
  /** The asking device on that license, where it was seen before. */
  readonly device: Device | undefined;
  /** It was answered before, and will not be again. */
  readonly isAnswered: boolean;
}

/** Looks at a request file without answering it; nothing is changed. A file that is not believed shows nothing. */
export async function inspectRequest(
  context: VendorContext,
  text: string,
): Promise<InspectedRequest | RequestProblem | { readonly refused: ProofRefusalCode }> {
  const file = readRequestFile(text);
  if ("problem" in file) return file;
  const proven = await proveRequest(context, file);
  if ("problem" in proven || isRefusal(proven)) return proven;
  const { password: _, ...content } = proven.content;
  const scope = {
    license: licenseOf(proven.content),
    device: content.hardwareId,
    records: [offlineRequest(file.id)],
  };
  return context.store.transact(scope, ({ license, device, records }) => ({
    outcome: { content, license, device, isAnswered: records.get(offlineRequest(file.id)) !== undefined },
    changes: [],
    events: [],
  }));
}
