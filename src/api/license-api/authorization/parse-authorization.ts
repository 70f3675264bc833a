const PARAMETERS = ["algorithm", "headers", "signature", "apikey"] as const;
type Parameter = (typeof PARAMETERS)[number];

/** What a client says of who it is, not verified yet; or what is wrong with how it says so, as the wire's codes. */
export type ParsedAuthorization =
  | {
      readonly scheme: "hmac";
      readonly algorithm: "hmac-sha256";
      readonly headers: "date";
      readonly signature: string;
      readonly apiKey: string;
    }
  | { readonly scheme: "bearer"; readonly token: string }
  | { readonly problem: "authorization_invalid_headers" }
  | { readonly problem: "authorization_missing_params"; readonly missing: readonly Parameter[] }
  | { readonly problem: "hmac_required" };

const INVALID: ParsedAuthorization = { problem: "authorization_invalid_headers" };

/**
 * One parameter and the comma or end after it. What may repeat never begins with what may follow it, so there is one
 * way only to match, and a header takes time in proportion to its length.
 */
const PARAMETER = /[ \t]*([a-z0-9_-]+)[ \t]*=[ \t]*"([^"]*)"[ \t]*(,|$)/iy;
const BEARER = /^bearer[ \t]+([^ \t].*)$/i;

/**
 * Reads an `Authorization` header: `Bearer <token>`, or
 * `algorithm="hmac-sha256",headers="date",signature="<base64>",apikey="<api key>"`. [HMAC-2]
 *
 * Parameters come in any order, their names in any case; others beside them are passed over. A value runs to the next
 * quote: none of these needs an escape. An empty value counts as missing: it is how an unset variable looks.
 */
export function parseAuthorization(header: string): ParsedAuthorization {
  const token = BEARER.exec(header)?.[1];
  if (token !== undefined) return { scheme: "bearer", token };
  const values = parseParameters(header);
  if (values === undefined) return INVALID;
  const missing = PARAMETERS.filter((name) => (values.get(name) ?? "") === "");
  const [algorithm = "", headers = "", signature = "", apiKey = ""] = PARAMETERS.map((name) => values.get(name));
  if (missing.length > 0) return { problem: "authorization_missing_params", missing };
  if (algorithm.toLowerCase() !== "hmac-sha256") return { problem: "hmac_required" };
  if (headers.toLowerCase() !== "date") return INVALID;
  return { scheme: "hmac", algorithm: "hmac-sha256", headers: "date", signature, apiKey };
}

/** @returns values by name in lower case; undefined when it is no list of parameters, or names one twice */
function parseParameters(header: string): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>();
  PARAMETER.lastIndex = 0;
  for (;;) {
    const [, name, value, end] = PARAMETER.exec(header) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const key = name.toLowerCase();
    if (values.has(key)) return undefined;
    values.set(key, value);
    if (end === "") return values;
  }
}
