import assert from "node:assert/strict";
import { Ajv } from "ajv";
import type { Route } from "../../src/api/http/route.ts";
import type { Reply } from "./http-client.ts";

/** How codes look on an API's wire: what clients were written against. A message that is free is left out. */
export type WireErrors<Code extends string> = Readonly<
  Record<Code, readonly [status: number, message?: string | RegExp]>
>;

/** Holds the replies of an API against its schemas and its table of errors. */
export class WireReplies<Code extends string> {
  readonly #validators: ReadonlyMap<string, (value: unknown) => boolean>;
  readonly #errors: WireErrors<Code>;

  constructor(routes: readonly Route[], errors: WireErrors<Code>) {
    const compile = ({ name, reply }: Route) => {
      const validator = new Ajv({ allErrors: true, strict: false }).compile(reply);
      const check = (value: unknown) => {
        assert.ok(validator(value), `${name}: ${JSON.stringify(validator.errors)} ${JSON.stringify(value)}`);
        return true;
      };
      return [name, check] as const;
    };
    this.#validators = new Map(routes.map(compile));
    this.#errors = errors;
  }

  /** A 200 of that route, as its schema describes it. @returns its value */
  expectReply(routeName: string, reply: Reply) {
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.headers["content-type"], "application/json");
    const check = this.#validators.get(routeName);
    assert.ok(check !== undefined, `there is no route ${routeName}`);
    check(reply.json);
    return reply.json;
  }

  /** An error with exactly the three keys, the status and message of its code. @returns its message */
  expectError(reply: Reply, code: Code, about?: string | RegExp): string {
    const [status, message] = this.#errors[code];
    assert.equal(reply.headers["content-type"], "application/json");
    const { json } = reply;
    assert.deepEqual(Object.keys(json), ["status", "code", "message"], reply.text);
    assert.deepEqual([json.code, json.status, reply.status], [code, status, status], reply.text);
    assert.equal(typeof json.message, "string");
    assert.ok(json.message.length > 0 && !json.message.includes("<about>"), json.message);
    if (typeof message === "string") assert.equal(json.message, message);
    else if (message !== undefined) assert.match(json.message, message);
    if (typeof about === "string") assert.ok(json.message.includes(about), `${json.message} names ${about}`);
    else if (about !== undefined) assert.match(json.message, about);
    return json.message;
  }
}
