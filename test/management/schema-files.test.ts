import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";

const server = await startFloatingServer({ after });
const get = (path: string) => fetch(`${server.side.managementUrl}/manage/schemas/${path}`);

test("[MANAGE-10] schemas, documents and types are served without credentials", async () => {
  const schema = await get("management/TokenCreateRequest.json");
  assert.match(schema.headers.get("content-type") ?? "", /^application\/json/);
  assert.equal(((await schema.json()) as { $id?: string; type: string }).type, "object");
  const document = (await (await get("management-floating.openapi.json")).json()) as { openapi: string };
  assert.equal(document.openapi, "3.1.0");
  const types = await get("management.d.ts");
  assert.match(types.headers.get("content-type") ?? "", /^text\/plain/);
  assert.match(await types.text(), /export type Problem = /);
});

test("[MANAGE-10] nothing else is served there", async () => {
  for (const path of ["", "nothing.json", "..%2fpackage.json", "%2e%2e/package.json"]) {
    const reply = await get(path);
    assert.equal(reply.status, 404, path);
    assert.match(reply.headers.get("content-type") ?? "", /problem\+json/, path);
  }
});
