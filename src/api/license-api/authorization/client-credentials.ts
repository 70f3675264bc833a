import { hash, timingSafeEqual } from "node:crypto";

/** What a client says of who it is, not verified yet; or what is wrong with how it says so. */
export type ClientCredentials =
  | { readonly clientId: string; readonly clientSecret: string; readonly scheme: "form" | "basic" }
  | { readonly problem: string; readonly error: "invalid_request" | "invalid_client" };

const BASIC = /^basic[ \t]+([A-Za-z0-9+/=_-]+)[ \t]*$/i;

/**
 * Reads `client_id` and `client_secret` from the form, or from an `Authorization: Basic` header, but not from both
 * (RFC 6749, 2.3.1). A form may name the client that the header names as well.
 */
export function readClientCredentials(form: URLSearchParams, authorization: string | undefined): ClientCredentials {
  const clientId = form.get("client_id") ?? "";
  const clientSecret = form.get("client_secret") ?? "";
  const isBasic = authorization !== undefined && /^basic\b/i.test(authorization);
  if (!isBasic) {
    const missing = [clientId === "" ? "client_id" : "", clientSecret === "" ? "client_secret" : ""].filter(Boolean);
    if (missing.length === 0) return { clientId, clientSecret, scheme: "form" };
    return { error: "invalid_client", problem: `${missing.join(" and ")} required` };
  }
  if (clientSecret !== "") return { error: "invalid_request", problem: "the secret is given twice: header and form" };
  const basic = readBasic(authorization);
  if (basic === undefined) return { error: "invalid_client", problem: "the Authorization header cannot be read" };
  if (clientId !== "" && clientId !== basic.clientId) {
    return { error: "invalid_request", problem: "client_id differs between header and form" };
  }
  return { ...basic, scheme: "basic" };
}

/** Whether a text is one of the secrets. Takes the same time wherever they differ, and whichever it is. */
export function isSecretAmong(secrets: readonly string[], given: string): boolean {
  const digest = hash("sha256", given, "buffer");
  let isKnown = false;
  for (const secret of secrets) if (timingSafeEqual(hash("sha256", secret, "buffer"), digest)) isKnown = true;
  return isKnown;
}

/** Name and secret are encoded as in a form before they are put together. */
function readBasic(authorization: string): { readonly clientId: string; readonly clientSecret: string } | undefined {
  const text = Buffer.from(BASIC.exec(authorization)?.[1] ?? "", "base64").toString();
  const colon = text.indexOf(":");
  if (colon < 1) return undefined;
  const clientId = decode(text.slice(0, colon));
  const clientSecret = decode(text.slice(colon + 1));
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
