import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openDesk } from "./management-desk.ts";

const desk = await openDesk({ after });
await desk.json("product", "create", "--code", "cad", "--name", "CAD");
await desk.json(
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
);

test("[CLI-2] a license is issued with its features, and named by its key", async () => {
  const made = await desk.json(
    ...["license", "create", "--product", "cad", "--valid-until", "30d", "--metadata", '{"a":1}'],
    ...["--features", "render,seats=7,timeout=15m,can-borrow"],
  );
  const [feature] = made.features;
  assert.deepEqual(
    [feature.code, feature.seats, feature.timeout_seconds, feature.can_borrow],
    ["render", 7, 900, true],
  );
  assert.deepEqual(made.metadata, { a: 1 });
  assert.equal((await desk.json("license", "show", made.key)).id, made.id);
  assert.equal((await desk.json("license", "update", made.key, "--valid-until", "null")).valid_until, null);
  const { stdout } = await desk.run("__complete", "license", "show", made.key.slice(0, 4));
  assert.equal(stdout.split("\t")[0], made.key);
  const none = await desk.run("license", "show", "no-such-key");
  assert.deepEqual([none.ended, none.stderr], [1, "there is no license no-such-key\n"]);
});

test("[CLI-4] where some of many fail, the others are done, and it ends with 1", async () => {
  const { id } = await desk.json("license", "create", "--product", "cad");
  const { ended, stdout } = await desk.run("license", "bulk", "--action", "disable", "--ids", `${id},99999`);
  assert.equal(ended, 1);
  assert.match(stdout, new RegExp(`^done: +${id}$`, "m"));
  assert.match(stdout, /^99999 +\w+$/m);
  assert.equal((await desk.json("license", "show", String(id))).is_enabled, false);
});
