import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { ROLES, type Role } from "../../src/domain/admin.ts";
import { allOperations } from "../../src/management/all-operations.ts";
import { BASE, type Operation, SIDES, type Side } from "../../src/management/operation.ts";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { granted } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";

/*
 * What holds for every operation of both sides, whatever it does.
 */

interface Door {
  readonly url: string;
  readonly tokens: Readonly<Record<Role, string>>;
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
  return { url, tokens: Object.fromEntries(tokens) as Record<Role, string> };
}

interface Wish {
  readonly token?: string | undefined;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask({ url }: Door, { method, path, params }: Operation, wish: Wish = {}) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    (params.properties[name] as { type?: string }).type === "integer" ? "999999" : "nothing",
  );
  const { token, query = "", body, headers } = wish;
  const response = await fetch(`${url}${BASE}${filled}${query}`, {
    method,
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.headers.get("content-type")?.includes("event-stream") === true) {
    await response.body?.cancel();
    return { status: response.status, body: {} as Problem };
  }
  const text = await response.text();
  return { status: response.status, body: (/^[[{]/.test(text) ? JSON.parse(text) : {}) as Problem };
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

      if (body !== undefined) {
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
          const reply = await ask(door, operation, { token: right, query: "?unheard.of=1" });
          assert.deepEqual([reply.status, reply.body.code], [422, "validation_error"]);
          const bad = await ask(door, operation, { token: right, query: "?order=x&limit=0&cursor=%25&format=pdf" });
          assert.deepEqual([bad.status, paramsIn(bad.body)], [422, ["cursor", "format", "limit", "order"]]);
          const good = await ask(door, operation, { token: right, query: "?limit=1&count=true" });
          assert.equal(good.status, 200);
        });
      }

      const needsNothing = ((body as { required?: readonly string[] } | undefined)?.required ?? []).length === 0;
      if (operation.refuses.includes("does_not_exist") && operation.path.includes("{") && needsNothing) {
        it(`[MANAGE-1] ${named(operation)} of what is not there is a 404`, async () => {
          const reply = await ask(door, operation, { token: right, ...(body !== undefined && { body: {} }) });
          assert.deepEqual([reply.status, reply.body.code], [404, "does_not_exist"]);
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
