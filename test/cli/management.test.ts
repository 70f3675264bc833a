import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { makeToken, openDesk } from "./management-desk.ts";

const desk = await openDesk({ after });

test("[CLI-2] a product and its features are made, shown, changed and removed by commands", async () => {
  const made = await desk.run(
    "product",
    "create",
    "--code",
    "cad",
    "--name",
    "CAD",
    "--timeout",
    "15m",
    "--no-prevent-vm",
  );
  assert.deepEqual([made.ended, made.stderr], [0, ""]);
  assert.match(made.stdout, /^code: +cad$/m);
  assert.match(made.stdout, /^timeout: +15m$/m);
  const feature = await desk.json(
    "feature",
    "create",
    "cad",
    "--code",
    "render",
    "--name",
    "Render",
    "--offline-floating",
    "--seats",
    "5",
    "--timeout",
    "72h",
  );
  assert.deepEqual([feature.offline_floating, feature.seats, feature.timeout_seconds], [true, 5, 259_200]);
  const changed = await desk.json("feature", "update", "cad", "render", "--no-offline-floating", "--seats", "7");
  assert.equal(changed.offline_floating, false);
  const product = await desk.json(
    "product",
    "update",
    "cad",
    "--trial",
    "days=14,is-email-required",
    "--metadata",
    '{"a":1}',
  );
  assert.deepEqual([product.trial.days, product.trial.is_email_required, product.metadata], [14, true, { a: 1 }]);
  assert.equal((await desk.json("product", "update", "cad", "--trial", "null")).trial, null);
  const removed = await desk.run("feature", "delete", "cad", "render");
  assert.deepEqual(removed, { ended: 0, stdout: "Done: feature delete cad render\n", stderr: "" });
});

test("[CLI-3] --json prints the reply as it came", async () => {
  const printed = await desk.json("product", "show", "cad");
  const reply = await fetch(`${desk.url}/manage/v1/products/cad`, {
    headers: { authorization: `Bearer ${desk.token}` },
  });
  assert.deepEqual(printed, await reply.json());
});

test("[CLI-2] --etag and --if-match change a thing only as it was seen", async () => {
  const { stdout } = await desk.run("product", "show", "cad", "--etag");
  const etag = stdout.trim();
  assert.match(etag, /^"\w+"$/);
  assert.equal((await desk.run("product", "update", "cad", "--name", "CAD 2", "--if-match", etag)).ended, 0);
  const stale = await desk.run("product", "update", "cad", "--name", "CAD 3", "--if-match", etag.slice(1, -1));
  assert.deepEqual([stale.ended, stale.stdout], [1, ""]);
  assert.match(stale.stderr, /\(stale\)\n$/);
});

describe("[CLI-3] lists", () => {
  before(async () => {
    for (const code of ["x1", "x2", "x3"]) await desk.json("product", "create", "--code", code, "--name", `Ex ${code}`);
  });

  test("[CLI-2] are tables, filtered and ordered", async () => {
    const { stdout, stderr } = await desk.run("product", "list", "--filter", "name.contains=EX", "--order=-code");
    const lines = stdout.trimEnd().split("\n");
    assert.match(lines[0] ?? "", /^ID +CODE +NAME/);
    assert.deepEqual(
      lines.slice(1).map((line) => line.split(/ {2,}/)[1]),
      ["x3", "x2", "x1"],
    );
    assert.equal(stderr, "");
    assert.deepEqual(
      (await desk.json("product", "list", "--code", "x2")).data.map(({ code }: { code: string }) => code),
      ["x2"],
    );
    assert.equal((await desk.json("product", "list", "--filter", "created_at>=1d")).data.length, 0);
  });

  test("[CLI-3] a page says how the next is had; --all follows to the end", async () => {
    const page = await desk.run("product", "list", "--limit", "2");
    assert.match(page.stderr, /^2 of 4; --all shows all, --cursor \S+ the next\n$/);
    const first = await desk.json("product", "list", "--limit", "3", "--order", "code");
    const second = await desk.json("product", "list", "--limit", "3", "--order", "code", "--cursor", first.next_cursor);
    assert.deepEqual([first.data.length, second.data.length, second.next_cursor], [3, 1, null]);
    assert.deepEqual(await desk.json("product", "list", "--all", "--order", "code"), {
      data: [...first.data, ...second.data],
      next_cursor: null,
    });
  });

  test("[CLI-3] --csv prints all of it", async () => {
    const { stdout } = await desk.run("product", "list", "--csv");
    assert.match(stdout, /^id,code,name,/);
    assert.equal(stdout.trimEnd().split("\n").length, 5);
  });

  test("[CLI-4] a filter by what is no field ends with 2, and the nearest field is suggested", async () => {
    const { ended, stderr } = await desk.run("product", "list", "--filter", "nmae=x");
    assert.equal(ended, 2);
    assert.match(stderr, /did you mean name\?/);
    assert.equal((await desk.run("product", "list", "--filter", "id.contains=1")).ended, 2);
    assert.equal((await desk.run("product", "list", "--limit", "many")).ended, 2);
  });
});

test("[CLI-2] what somebody named does nothing to the terminal", async () => {
  await desk.json("product", "create", "--code", "evil", "--name", "a\u001b[2Jb\nc\u202ed");
  for (const args of [
    ["product", "show", "evil"],
    ["product", "list"],
  ]) {
    const { stdout } = await desk.run(...args);
    assert.ok(stdout.includes("a\\x1b[2Jb\\nc\\u202ed"), stdout);
    assert.ok(!stdout.includes("\u001b") && !stdout.includes("\u202e"));
  }
});

test("[CLI-4] refusals end with their codes: 1, 2 with every bad field, 3, 4", async () => {
  const none = await desk.run("product", "show", "nothing");
  assert.deepEqual(none, { ended: 1, stdout: "", stderr: "There is none: product nothing (does_not_exist)\n" });
  const bad = await desk.run("product", "create", "--code", "", "--name", "", "--max-overages", "-1");
  assert.deepEqual([bad.ended, bad.stdout], [2, ""]);
  for (const flag of ["--code", "--name", "--max-overages"])
    assert.match(bad.stderr, new RegExp(`^  ${flag} must`, "m"));
  assert.equal((await desk.run("product", "create", "--code", "y")).ended, 2);
  assert.equal((await desk.run("product", "create", "--code", "y", "--name", "Y", "--timeout", "soon")).ended, 2);
  const near = await desk.run("product", "create", "--code", "y", "--name", "Y", "--state", "activ");
  assert.equal(near.ended, 2);
  assert.match(near.stderr, /active/);
  assert.equal((await desk.run("product", "list", "--token", "nonsense")).ended, 3);
  const viewer = await makeToken(desk.vendor.side.store, "viewer");
  const denied = await desk.run("product", "create", "--code", "y", "--name", "Y", "--token", viewer);
  assert.equal(denied.ended, 3);
  assert.match(denied.stderr, /needs the role admin \(forbidden\)/);
  const away = await desk.run("product", "list", "--url", "http://127.0.0.1:1");
  assert.deepEqual([away.ended, away.stdout], [4, ""]);
  assert.match(away.stderr, /^no management API answers at http:\/\/127\.0\.0\.1:1 /);
  assert.equal((await desk.run("product", "list", "--url", "nowhere")).ended, 2);
});

test("[CLI-4] another server is told apart from a management API", async () => {
  const { ended, stderr } = await desk.run("product", "list", "--url", desk.vendor.url);
  assert.equal(ended, 1);
  assert.match(stderr, /is not a management API/);
});

test("[ADMIN-7] a token is shown once, with a word about it", async () => {
  const { stdout } = await desk.run(
    "token",
    "create",
    "--name",
    "ci",
    "--role",
    "viewer",
    "--scopes",
    "product:read,license:read",
    "--expires-at",
    "30d",
  );
  const text = /^token: +(\S+) {2}\(shown this once: keep it now\)$/m.exec(stdout)?.[1];
  assert.ok(text !== undefined, stdout);
  assert.equal((await desk.run("product", "list", "--token", text)).ended, 0);
  assert.equal((await desk.run("admin", "list", "--token", text)).ended, 3);
  const tokens = await desk.json("token", "list", "--filter", "name=ci");
  const [{ id, expires_at }] = tokens.data;
  assert.ok(Math.abs(Date.parse(expires_at) - Date.now() - 30 * 86_400_000) < 60_000);
  assert.equal((await desk.run("token", "revoke", String(id))).ended, 0);
  assert.equal((await desk.run("product", "list", "--token", text)).ended, 3);
});
