import type { FastifyReply } from "fastify";
import { isRefusal } from "../../domain/outcome.ts";
import type { VendorKeys } from "../../use-cases/vendor/keys/vendor-keys.ts";
import { sendJsonText, sendOutcome } from "../http/listener.ts";
import { licenseApiErrors } from "./errors.ts";

/** Sends a value as JSON with the vendor's signature over its very bytes, or a refusal, which has none. [SIGN-1] */
export async function sendSigned(reply: FastifyReply, outcome: unknown, keys: VendorKeys): Promise<FastifyReply> {
  if (typeof outcome === "object" && outcome !== null && isRefusal(outcome)) {
    return sendOutcome(reply, licenseApiErrors, outcome);
  }
  const json = JSON.stringify(outcome);
  if (reply.statusCode < 300) reply.header("licensesignature", await keys.signer.sign(json));
  return sendJsonText(reply, json);
}
