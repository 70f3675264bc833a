import assert from "node:assert/strict";
import { Ajv } from "ajv";
import type { TSchema } from "typebox";

const ajv = new Ajv({ strict: false, allErrors: true });

/** A body is as a schema says: every field, and no field more. @param item of a page, where the body is one */
export function expectShape(schema: TSchema, body: unknown, name: string, item?: TSchema): void {
  const isValid: boolean = ajv.validate(schema, body);
  assert.ok(isValid, `${name}: ${ajv.errorsText()} in ${JSON.stringify(body)}`);
  for (const each of item === undefined ? [body] : (body as { readonly data: readonly unknown[] }).data) {
    expectNoMore(item ?? schema, each, name);
  }
}

function expectNoMore(schema: TSchema, value: unknown, name: string): void {
  const { properties = {} } = schema as { readonly properties?: object };
  const unknown = Object.keys(value as object).filter((field) => !(field in properties));
  assert.deepEqual(unknown, [], `${name}: fields that the contract does not name`);
}
