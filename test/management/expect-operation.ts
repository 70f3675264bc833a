import assert from "node:assert/strict";
import type { Operation } from "../../src/management/operation.ts";
import type { ManagementReply } from "../support/management-client.ts";
import { expectShape } from "./coverage/expect-shape.ts";

type Shape = Pick<Operation, "noun" | "verb" | "status" | "reply"> & { readonly item?: Operation["reply"] };

/** What an operation says its reply is: status, every field, and no field more. @returns the body */
export function expectReply(operation: Shape, { status, body }: ManagementReply): ManagementReply["body"] {
  const { noun, verb, reply, item } = operation;
  assert.equal(status, operation.status, `${noun} ${verb}: ${JSON.stringify(body)}`);
  if (status === 204) return assert.equal(body, undefined);
  expectShape(reply, body, `${noun} ${verb}`, item);
  return body;
}

/** A problem of RFC 9457. @param about what its sentence names */
export function expectProblem({ status, headers, body }: ManagementReply, of: number, code: string, about?: RegExp) {
  assert.deepEqual([status, body?.code], [of, code], JSON.stringify(body));
  assert.match(headers.get("content-type") ?? "", /^application\/problem\+json/);
  assert.equal(body.status, of);
  if (about !== undefined) assert.match(body.detail, about);
  return body;
}
