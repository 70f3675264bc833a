import { hash, timingSafeEqual } from "node:crypto";
import { hmacText } from "../signing/hmac.ts";
import { wireFormats } from "../wire/fields.ts";
import { decodeFile } from "./decode-file.ts";
import { sliceMembers } from "./json-slice.ts";
import { offlineText } from "./offline-text.ts";

/** Which check a request file failed. */
export interface RequestProblem {
  readonly check: "size" | "base64" | "json" | "content";
  readonly problem: string;
}

type Fields = Readonly<Record<string, unknown>>;

export interface RequestFile {
  /** Under which it is good once: its `request_id`, which schema 1 does not sign; there it is made of the signature. */
  readonly id: string;
  /** The request as its writer put it. Required fields are texts; all others are not yet looked at. */
  readonly fields: Fields;
  /** 1 signs date, licensee, hardware id and credential only, not even whether it is a deactivation. */
  readonly schema: 1 | 2;
  /** Whose secret must have signed it. */
  readonly credential: { readonly apiKey: string } | { readonly clientId: string };
  /** Whether the signature was made with this secret: the shared key of the API key, or the client's. */
  isSignedBy(secret: string): boolean;
}

const REQUIRED = ["request", "hardware_id", "product", "date"];
const CREDENTIALS = ["api_key", "client_id"];
const LICENSEES = ["license_key", "username"];

/**
 * Reads a request, whoever wrote it: base64 of the JSON, or the JSON itself. [FILE-6] [FILE-7]
 * It is not verified yet, because its own content says whose secret to verify it with.
 */
export function readRequestFile(text: string): RequestFile | RequestProblem {
  const json = decodeFile(text);
  if (typeof json !== "string") return json;
  const members = sliceMembers(json);
  if ("problem" in members) return fail("json", members.problem);
  const request = members.get("request");
  // In schema 1 the request is the whole object, and `request` at most one of its texts.
  return request?.startsWith("{") ? readSchema2(request, members.get("signature")) : readSchema1(json);
}

/** @param text the request as embedded, which is what is signed: writers differ in blanks and escapes */
function readSchema2(text: string, signatureText = "null"): RequestFile | RequestProblem {
  const fields: Fields = JSON.parse(text);
  const signature = JSON.parse(signatureText);
  const problems = problemsOf({ ...fields, signature }, [...REQUIRED, "request_id", "signature"]);
  if (problems.length > 0) return fail("content", problems.join("; "));
  return accept({ fields, schema: 2, signature, signedText: text });
}

function readSchema1(json: string): RequestFile | RequestProblem {
  const { signature, ...flat }: Fields & { signature?: string } = JSON.parse(json);
  const fields: Fields = { ...flat, request: flat["request"] ?? "activation" };
  const problems = problemsOf({ ...fields, signature }, [...REQUIRED, "signature"]);
  const licensee = LICENSEES.find((name) => isText(fields[name]));
  if (licensee === undefined) problems.push(`one of ${LICENSEES.join(" and ")} must be given`);
  // Each of these is a line of the signed text; with a line break it could be read as two.
  const lines = ["date", ...LICENSEES, "hardware_id", ...CREDENTIALS];
  const torn = lines.filter((name) => isText(fields[name]) && fields[name].includes("\n"));
  if (torn.length > 0) problems.push(`with a line break: ${torn.join(", ")}`);
  if (signature === undefined || licensee === undefined || problems.length > 0) {
    return fail("content", problems.join("; "));
  }
  const text = (name: string) => fields[name] as string;
  const signedText = offlineText({
    date: text("date"),
    licensee: text(licensee),
    hardwareId: text("hardware_id"),
    signer: text(isText(fields["api_key"]) ? "api_key" : "client_id"),
  });
  return accept({ fields, schema: 1, signature, signedText });
}

function problemsOf(fields: Fields, required: readonly string[]): string[] {
  const problems: string[] = [];
  const credentials = CREDENTIALS.filter((name) => (fields[name] ?? null) !== null);
  const missing = [...required, ...credentials].filter((name) => !isText(fields[name]));
  if (missing.length > 0) problems.push(`missing, or not a text: ${missing.join(", ")}`);
  if (credentials.length !== 1) problems.push(`exactly one of ${CREDENTIALS.join(" and ")} must be given`);
  if (isText(fields["request"]) && !["activation", "deactivation"].includes(fields["request"])) {
    problems.push("request is neither activation nor deactivation");
  }
  return problems;
}

function accept(file: {
  readonly fields: Fields;
  readonly schema: 1 | 2;
  readonly signature: string;
  readonly signedText: string;
}): RequestFile {
  const { fields, schema, signature, signedText } = file;
  const { api_key: apiKey, client_id: clientId } = fields;
  return {
    id: schema === 2 ? (fields["request_id"] as string) : `sha256:${hash("sha256", signature, "hex")}`,
    fields,
    schema,
    credential: isText(apiKey) ? { apiKey } : { clientId: clientId as string },
    isSignedBy: (secret) => isEqual(signature, hmacText(secret, signedText)),
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && wireFormats["wire-text"](value);
}

/** In constant time, so that nothing can be learned from how long a wrong signature takes. */
function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function fail(check: RequestProblem["check"], problem: string): RequestProblem {
  return { check, problem };
}
