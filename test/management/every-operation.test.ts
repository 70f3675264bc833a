import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { ROLES, type Role } from "../../src/domain/admin.ts";
import { allOperations } from "../../src/management/all-operations.ts";
import { type Operation, SIDES, type Side } from "../../src/management/operation.ts";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { granted } from "../support/make-products.ts";
import { ManagementClient, type ManagementReply } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem } from "./expect-operation.ts";
import { rightFields, type Schema, wrongBodies } from "./wrong-values.ts";

/*
 * What holds for every operation of both sides, whatever it does.
 */

interface Door {
  readonly url: string;
  readonly tokens: Readonly<Record<Role, string>>;
  /** An admin's token that may read one noun and nothing else. */
  tokenFor(noun: string): Promise<string>;
}

const vendor = await startVendorServer({ after });
const floating = await startFloatingServer({ after });
const doors: Readonly<Record<Side, Door>> = {
  vendor: await openDoor(vendor.side),
  floating: await openDoor(floating.side),
};

async function openDoor({ managementUrl: url, store }: typeof vendor.side | typeof floating.side): Promise<Door> {
  const tokens = await Promise.all(
    ROLES.map(async (role) => [role, granted(await createApiToken(store, { name: role, role })).token] as const),
  );
  return {
    url,
    tokens: Object.fromEntries(tokens) as Record<Role, string>,
    tokenFor: async (noun) =>
      granted(await createApiToken(store, { name: noun, role: "admin", scopes: [`${noun}:read`] })).token,
  };
}

interface Wish {
  readonly token?: string | undefined;
  /** Parameters of the path; of what is not there unless said. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks an operation about what is not there. */
function ask({ url }: Door, operation: Operation, wish: Wish = {}): Promise<ManagementReply> {
  const { method, path, params } = operation;
  const { token, params: given = {}, query = "", body, headers } = wish;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const { type } = params.properties[name] as Schema;
    return given[name] ?? (type === "integer" ? "999999" : "nothing");
  });
  return new ManagementClient(url, token).send(method, `${filled}${query}`, body, headers);
}

interface Problem {
  readonly code?: string;
  readonly errors?: readonly { readonly param: string }[];
}

const of = (side: Side) => allOperations.filter(({ sides }) => sides.includes(side));
const named = ({ noun, verb }: Operation) => `${noun} ${verb}`;
const paramsIn = ({ errors = [] }: Problem) => errors.map(({ param }) => param).sort();

for (const side of SIDES) {
  const door = doors[side];
  describe(`every operation of a ${side} server`, () => {
    for (const operation of of(side)) {
      const { role, body, list } = operation;
      const right = role === "anyone" ? undefined : door.tokens[role];

      it(`[ADMIN-1] ${named(operation)} is for the role ${role} and those above it`, async () => {
        if (role === "anyone") return assert.notEqual((await ask(door, operation)).body.code, "unauthorized");
        const nobody = await ask(door, operation);
        assert.deepEqual([nobody.status, nobody.body.code], [401, "unauthorized"]);
        const other = doors[side === "vendor" ? "floating" : "vendor"].tokens.admin;
        assert.equal((await ask(door, operation, { token: other })).status, 401, "a token of the other side");
        for (const less of ROLES.slice(0, ROLES.indexOf(role))) {
          const reply = await ask(door, operation, { token: door.tokens[less] });
          assert.deepEqual([reply.status, reply.body.code], [403, "forbidden"], less);
        }
        const { status } = await ask(door, operation, { token: right, ...(body !== undefined && { body: { no: 1 } }) });
        assert.ok(status !== 401 && status !== 403, `${status}`);
      });

      it(`[ADMIN-7] ${named(operation)} takes no token that is unknown, or that has no scope for it`, async () => {
        expectProblem(await ask(door, operation, { token: "sk_unknown" }), 401, "unauthorized");
        if (role === "anyone") return;
        const token = await door.tokenFor(operation.noun === "server" ? "setting" : "server");
        expectProblem(await ask(door, operation, { token }), 403, "forbidden");
      });

      if (operation.method !== "GET") {
        it(`[GUARD-2] ${named(operation)} is not for pages of others`, async () => {
          const headers = { "sec-fetch-site": "cross-site" };
          expectProblem(await ask(door, operation, { token: right, headers }), 403, "forbidden");
        });
      }

      it(`[MANAGE-2] ${named(operation)} names a parameter that it does not know`, async () => {
        const reply = await ask(door, operation, {
          token: right,
          query: "?unheard.of=1",
          body: body && rightFields(body as Schema),
        });
        assert.deepEqual(paramsIn(expectProblem(reply, 422, "validation_error")), ["unheard.of"]);
      });

      for (const [name, schema] of Object.entries<Schema>(operation.params.properties)) {
        it(`[MANAGE-2] ${named(operation)} names the part ${name} of its path where that cannot be`, async () => {
          for (const wrong of schema.type === "integer" ? ["one", "0", "1.5"] : ["x".repeat(511)]) {
            const reply = await ask(door, operation, { token: right, params: { [name]: wrong } });
            assert.deepEqual(paramsIn(expectProblem(reply, 422, "validation_error")), [name], wrong);
          }
        });
      }

      if (body !== undefined) {
        it(`[MANAGE-2] ${named(operation)} names every field that has a value it cannot have`, async () => {
          for (const { fields, bad } of wrongBodies(body as Schema)) {
            const reply = await ask(door, operation, { token: right, body: fields });
            const found = paramsIn(expectProblem(reply, 422, "validation_error"));
            const missing = bad.filter((param) => !found.includes(param));
            // What may be null as well is named beside the part of it that is wrong.
            const others = found.filter((param) => !bad.some((each) => each.startsWith(param)));
            assert.deepEqual([missing, others], [[], []]);
          }
        });

        it(`[MANAGE-2] ${named(operation)} names every bad field at once`, async () => {
          // Fields that take anything are left out.
          const fields = Object.entries(body.properties as Record<string, { type?: string; anyOf?: unknown }>);
          const typed = fields.filter(([, { type, anyOf }]) => type !== undefined || anyOf !== undefined);
          const wrong = Object.fromEntries(typed.map(([name, { type }]) => [name, type === "array" ? 7 : [[[]]]]));
          const reply = await ask(door, operation, { token: right, body: { ...wrong, unheard_of: 1 } });
          assert.deepEqual([reply.status, reply.body.code], [422, "validation_error"]);
          const found = new Set(paramsIn(reply.body).map((param) => param.split(".")[0]));
          assert.deepEqual([...found].sort(), [...typed.map(([name]) => name), "unheard_of"].sort());
        });

        const required = (body as { required?: readonly string[] }).required ?? [];
        if (required.length > 0) {
          it(`[MANAGE-2] ${named(operation)} names every missing field at once`, async () => {
            const reply = await ask(door, operation, { token: right, body: {} });
            assert.deepEqual([reply.status, paramsIn(reply.body)], [422, [...required].sort()]);
          });
        }
      }

      if (list !== undefined) {
        it(`[MANAGE-3] ${named(operation)} names every parameter that cannot be so`, async () => {
          if (operation.refuses.includes("does_not_exist")) return;
          const bad = await ask(door, operation, { token: right, query: "?order=x&limit=0&cursor=%25&format=pdf" });
          assert.deepEqual([bad.status, paramsIn(bad.body)], [422, ["cursor", "format", "limit", "order"]]);
          const good = await ask(door, operation, { token: right, query: "?limit=1&count=true" });
          assert.equal(good.status, 200);
        });
      }

      if (operation.refuses.includes("does_not_exist") && operation.path.includes("{")) {
        it(`[MANAGE-1] ${named(operation)} of what is not there is a 404`, async () => {
          const reply = await ask(door, operation, { token: right, body: body && rightFields(body as Schema) });
          expectProblem(reply, 404, "does_not_exist");
        });
      }
    }

    for (const operation of allOperations.filter(({ sides }) => !sides.includes(side))) {
      it(`[MANAGE-1] ${named(operation)} is not there`, async () => {
        const reply = await ask(door, operation, { token: door.tokens.admin });
        assert.ok([404, 405].includes(reply.status), `${reply.status} ${reply.body.code}`);
      });
    }
  });
}
