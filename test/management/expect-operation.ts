import assert from "node:assert/strict";
import { Ajv } from "ajv";
import type { Operation } from "../../src/management/operation.ts";
import type { ManagementReply } from "../support/management-client.ts";

const ajv = new Ajv({ strict: false, allErrors: true });

type Shape = Pick<Operation, "noun" | "verb" | "status" | "reply"> & { readonly item?: Operation["reply"] };

/** What an operation says its reply is: status, every field, and no field more. @returns the body */
export function expectReply(operation: Shape, { status, body }: ManagementReply): ManagementReply["body"] {
  const { noun, verb, reply, item } = operation;
  assert.equal(status, operation.status, `${noun} ${verb}: ${JSON.stringify(body)}`);
  if (status === 204) return assert.equal(body, undefined);
  const isValid: boolean = ajv.validate(reply, body);
  assert.ok(isValid, `${noun} ${verb}: ${ajv.errorsText()} in ${JSON.stringify(body)}`);
  for (const each of item === undefined ? [body] : body.data) expectNoMore(item ?? reply, each);
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

function expectNoMore(schema: object, value: object): void {
  const known = Object.keys((schema as { properties?: object }).properties ?? {});
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  assert.deepEqual(unknown, [], "fields that the contract does not name");
}
