import assert from "node:assert/strict";
import type { TSchema } from "typebox";
import { requestErrors } from "../../../src/api/http/request-errors.ts";
import { managementErrors } from "../../../src/api/management/errors.ts";
import { Problem } from "../../../src/api/management/problem.ts";
import { allOperations } from "../../../src/management/all-operations.ts";
import type { Operation } from "../../../src/management/operation.ts";
import { expectShape } from "./expect-shape.ts";
import { answersOf, OK, writePair } from "./pairs.ts";

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What HTTP itself answers, or a store that is not well. A fault is no answer, and the others are declared. */
const ofEveryRequest = new Set(Object.keys(requestErrors));
for (const code of ["validation_error", "missing_parameters", "too_many_requests", "internal_error"]) {
  ofEveryRequest.delete(code);
}

/** An operation whose path has a word where another's has a parameter comes before that. */
const routes = allOperations
  .map((operation) => ({ operation, pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`) }))
  .sort((a, b) => countParams(a.operation) - countParams(b.operation));

/**
 * Checks that a reply is one that its operation promises, and keeps that it was seen. [MANAGE-9]
 *
 * @param path below `/manage/v1`, with its query
 */
export function recordReply(method: string, path: string, reply: Reply): void {
  const [plain = ""] = path.split("?", 1);
  const route = routes.find(({ operation, pattern }) => operation.method === method && pattern.test(plain));
  if (route === undefined) return;
  const { operation } = route;
  if (reply.status >= 400) recordRefusal(operation, reply);
  else {
    expectPromised(operation, reply);
    writePair(operation, OK);
  }
}

function recordRefusal(operation: Operation, { status, headers, body }: Reply): void {
  const name = `${operation.noun} ${operation.verb}`;
  assert.match(headers.get("content-type") ?? "", /^application\/problem\+json/, name);
  expectShape(Problem, body, name);
  const problem = body as Problem;
  const { code } = problem;
  assert.deepEqual([status, problem.status], [managementErrors[code]?.status, status], `${name}: ${code}`);
  if (answersOf(operation).has(code)) writePair(operation, code);
  else assert.ok(ofEveryRequest.has(code), `${name} refuses by ${code}, which it does not declare`);
}

function expectPromised(operation: Operation & { readonly item?: TSchema }, { status, headers, body }: Reply): void {
  const { noun, verb, reply, item, gives } = operation;
  const name = `${noun} ${verb}`;
  assert.equal(status, operation.status, name);
  // A list may be asked for as a file.
  const isFile = gives !== undefined || !headers.get("content-type")?.includes("json") || Array.isArray(body);
  if (status === 204) assert.equal(body, undefined, name);
  else if (!isFile) expectShape(reply, body, name, item);
}

function countParams({ params }: Operation): number {
  return Object.keys(params.properties).length;
}
