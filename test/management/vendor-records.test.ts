import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { createProduct } from "../../src/use-cases/vendor/products/create-product.ts";
import { granted, makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";
import { byId } from "./life.ts";
import { makeAdmin } from "./log-in.ts";
import { lives } from "./vendor-lives.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
granted(await createProduct(side, { code: "cam", name: "CAM" }));
const admin = await clientOf(vendor, "admin");
const viewer = await clientOf(vendor, "viewer");
// No other admin of this test is the last one.
await makeAdmin(vendor, "root");

/** What no reply may have in it. */
const SECRET = /password_hash|"shared_keys"|"secrets"|private_key/;

describe("things of a vendor over the management API", () => {
  for (const [name, life] of Object.entries(lives)) {
    const { path, nameOf } = life;
    const reader = life.show.role === "viewer" ? viewer : admin;
    it(`[MANAGE-1] ${name} are made, found, shown, changed and ended`, async () => {
      const made = expectReply(life.create, await admin.post(path, life.body));
      assert.partialDeepStrictEqual(made, life.shows);
      const one = `${path}/${nameOf(made)}`;
      const shown = await reader.get(one);
      assert.partialDeepStrictEqual(expectReply(life.show, shown), life.shows);
      assert.doesNotMatch(JSON.stringify(shown.body), SECRET);

      const ids = async (query: string) => expectReply(life.list, await reader.get(`${path}?${query}`)).data.map(byId);
      assert.deepEqual(await ids(life.found), [made.id]);
      assert.deepEqual(await ids(life.notFound), []);

      const seen = { "if-match": shown.headers.get("etag") ?? "" };
      const changed = await admin.patch(one, life.patch, seen);
      assert.partialDeepStrictEqual(expectReply(life.update, changed), life.changed);
      expectProblem(await admin.patch(one, life.patch, seen), 412, "stale");
      expectProblem(await admin.delete(one, seen), 412, "stale");

      const now = { "if-match": changed.headers.get("etag") ?? "" };
      assert.equal((await reader.get(one)).headers.get("etag"), now["if-match"]);
      expectReply(life.end, await admin.delete(one, now));
      if (life.isRevoked === true) assert.equal((await reader.get(one)).body.is_revoked, true);
      else expectProblem(await reader.get(one), 404, "does_not_exist");
    });

    it(`[MANAGE-2] ${name} that are not there or cannot be so are refused`, async () => {
      for (const reply of [
        await admin.get(`${path}/${life.missing}`),
        await admin.patch(`${path}/${life.missing}`, life.patch),
        await admin.delete(`${path}/${life.missing}`),
      ]) {
        expectProblem(reply, 404, "does_not_exist");
      }
      const { errors } = expectProblem(
        await admin.post(path, { ...life.body, ...life.bad }),
        422,
        life.badCode ?? "validation_error",
      );
      assert.ok(
        errors.some(({ param }: { readonly param: string }) => param === life.badParam),
        JSON.stringify(errors),
      );
      expectProblem(await admin.post(path, { ...life.body, ...life.impossible }), 422, "invalid_field");
      const made = expectReply(life.create, await admin.post(path, life.body));
      const one = `${path}/${nameOf(made)}`;
      expectProblem(await admin.patch(one, life.impossible), 422, "invalid_field");
      expectReply(life.end, await admin.delete(one));
    });

    if (life.other !== undefined) {
      it(`[MANAGE-2] ${name} are there once`, async () => {
        const first = expectReply(life.create, await admin.post(path, life.body));
        const second = expectReply(life.create, await admin.post(path, life.other));
        expectProblem(await admin.post(path, life.body), 409, "already_exists");
        if (life.collision !== undefined) {
          expectProblem(await admin.patch(`${path}/${nameOf(second)}`, life.collision), 409, "already_exists");
        }
        for (const each of [first, second]) expectReply(life.end, await admin.delete(`${path}/${nameOf(each)}`));
      });
    }

    if (life.create.isCreation === true) {
      it(`[MANAGE-6] ${name} made under one Idempotency-Key are made once, and show no secret again`, async () => {
        const once = { "idempotency-key": `make ${path}` };
        const first = expectReply(life.create, await admin.post(path, life.body, once));
        const again = await admin.post(path, life.body, once);
        const shown = expectReply(life.create, again);
        assert.equal(again.headers.get("idempotent-replayed"), "true");
        const secrets = ["password", "shared_key", "client_secret"].filter((field) => field in first);
        for (const field of secrets) assert.ok(first[field].length >= 16);
        assert.deepEqual(shown, { ...first, ...Object.fromEntries(secrets.map((field) => [field, null])) });
        expectProblem(await admin.post(path, { ...life.body, ...life.patch }, once), 409, "key_reused");
        expectReply(life.end, await admin.delete(`${path}/${nameOf(first)}`));
        const gone = await admin.post(path, life.body, once);
        if (life.isRevoked === true) expectReply(life.create, gone);
        else expectProblem(gone, 404, "does_not_exist");
      });
    }

    it(`[ADMIN-1] ${name} are for admins to change`, async () => {
      expectProblem(await viewer.post(path, life.body), 403, "forbidden");
      expectProblem(await viewer.patch(`${path}/${life.missing}`, life.patch), 403, "forbidden");
      expectProblem(await viewer.delete(`${path}/${life.missing}`), 403, "forbidden");
    });
  }
});
