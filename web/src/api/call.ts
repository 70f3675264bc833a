import type { Problem } from "../../../schemas/management.d.ts";
import type { Given, ItemOf, ListName, OperationEntry, OperationName, ReplyOf } from "./operation.ts";
import { operationTable } from "./operation-table.ts";
import { ProblemError } from "./problem.ts";
import { noteServerTime } from "./server-clock.ts";

export const BASE = "/manage/v1";

/** A reply, with the tag that a later change can be made conditional on. */
export interface Answer<Name extends OperationName> {
  readonly reply: ReplyOf<Name>;
  readonly etag: string | null;
}

interface Conditions {
  /** `If-Match`: the change is made only if the thing still is as this tag says. */
  readonly etag?: string | null;
  readonly signal?: AbortSignal;
}

let csrfToken: string | null = null;
let onSignedOut: () => void = () => {};

/** What goes with every change of a session. */
export function keepCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** @param listener told when a request finds that there is no session any more */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** Asks the server for an operation. @throws ProblemError, or TypeError where the server does not answer */
export async function call<Name extends OperationName>(
  name: Name,
  given: Given<Name> = {},
  conditions: Conditions = {},
): Promise<Answer<Name>> {
  const { method, isCreation }: OperationEntry = operationTable[name];
  const headers: Record<string, string> = { accept: "application/json" };
  if (given.body !== undefined) headers["content-type"] = "application/json";
  if (method !== "GET" && csrfToken !== null) headers["x-csrf-token"] = csrfToken;
  if (typeof conditions.etag === "string") headers["if-match"] = conditions.etag;
  if (isCreation === true) headers["idempotency-key"] = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const response = await fetch(addressOf(name, given), {
    method,
    headers,
    credentials: "same-origin",
    ...(given.body !== undefined && { body: JSON.stringify(given.body) }),
    ...(conditions.signal !== undefined && { signal: conditions.signal }),
  });
  noteServerTime(response.headers.get("date"));
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  const reply = isJson ? JSON.parse(text) : text === "" ? undefined : text;
  if (response.ok) return { reply, etag: response.headers.get("etag") };
  const problem = isJson ? (reply as Problem) : unknownProblem(response);
  // Asking who is logged in, and logging in, find out by themselves.
  if (problem.code === "unauthorized" && !name.startsWith("session ")) onSignedOut();
  throw new ProblemError(problem);
}

/** Everything that fits a list, in one request: the server streams it, and looks once only. */
export async function callAll<Name extends ListName>(
  name: Name,
  given: Given<Name>,
  conditions: Pick<Conditions, "signal"> = {},
): Promise<readonly ItemOf<Name>[]> {
  const query = { ...given.query, format: "json" };
  const { reply } = await call(name, { ...given, query } as Given<Name>, conditions);
  return reply as unknown as readonly ItemOf<Name>[];
}

/** The address of an operation, with its query: for links to files too. */
export function addressOf<Name extends OperationName>(name: Name, { params, query }: Given<Name>): string {
  const values = (params ?? {}) as Readonly<Record<string, string | number>>;
  const path = operationTable[name].path.replaceAll(/\{(\w+)\}/g, (_, key) => encodeURIComponent(values[key] ?? ""));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") search.set(key, String(value));
  }
  return `${BASE}${path}${search.size > 0 ? `?${search}` : ""}`;
}

function unknownProblem({ status, statusText }: Response): Problem {
  const detail = `The server answered ${status} ${statusText} without saying why.`;
  return { type: "", title: statusText, status, detail, code: "unknown", request_id: "" };
}
