import { type Refusal, refuse } from "../../../domain/outcome.ts";
import type { RequestFile, RequestProblem } from "../../../license-file/read-request.ts";
import { type RequestContent, readRequestContent } from "../../../license-file/request-content.ts";
import { findApiKey, findOauthClient } from "../keys/find-credential.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Why a request is not believed, or who sends it may not. [HMAC-5] */
export type ProofRefusalCode =
  | "invalid_api_key"
  | "signature_mismatch"
  | "revoked_api_key"
  | "read_only_api_key"
  | "api_key_product_not_allowed";

/** A request that was signed by whom it names, with its fields looked at. */
export interface ProvenRequest {
  readonly file: RequestFile;
  readonly content: RequestContent;
  /** Who signed it, and with which of its secrets: the answer is signed with the same. */
  readonly asker: { readonly name: string; readonly secret: string };
}

/** The API key or client that a request names, whether or not it is its. */
export function signerName({ credential }: RequestFile): string {
  return "apiKey" in credential ? credential.apiKey : credential.clientId;
}

/** Whether a request was signed by whom it names. Its fields are looked at once that is known. */
export async function proveRequest(
  context: VendorContext,
  file: RequestFile,
): Promise<ProvenRequest | RequestProblem | Refusal<ProofRefusalCode>> {
  const { credential } = file;
  const found =
    "apiKey" in credential
      ? await findApiKey(context, credential.apiKey)
      : await findOauthClient(context, credential.clientId);
  if (found === undefined) return refuse("invalid_api_key");
  const secret = found.secrets.find((each) => file.isSignedBy(each));
  if (secret === undefined) return refuse("signature_mismatch");
  if (found.isRevoked) return refuse("revoked_api_key");
  if (found.isReadOnly) return refuse("read_only_api_key");
  const { product } = file.fields;
  if (found.products !== null && !found.products.includes(String(product))) {
    return refuse("api_key_product_not_allowed");
  }
  const content = readRequestContent(file);
  return "problem" in content ? content : { file, content, asker: { name: found.name, secret } };
}
