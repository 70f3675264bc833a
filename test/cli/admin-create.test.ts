import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ManagementClient } from "../support/management-client.ts";
import { PASSWORD } from "./management-desk.ts";
import { type Running, Seatkeeper } from "./run-seatkeeper.ts";

const QUIET = {
  SEATKEEPER_FLOATING_SERVER_PORT: "0",
  SEATKEEPER_LICENSE_API_PORT: "0",
  SEATKEEPER_LOG_LEVEL: "silent",
};

function open(t: { after(cleanUp: () => void | Promise<void>): void }) {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const environment = { XDG_CONFIG_HOME: seatkeeper.folder };
  return {
    seatkeeper,
    folder: join(seatkeeper.folder, "data"),
    create: (...args: string[]) =>
      seatkeeper.run(["admin", "create", "--password-stdin", ...args], environment, `${PASSWORD}\n`),
  };
}

async function managementUrl(server: Running): Promise<string> {
  return (await server.printed(/^Management {7}(\S+)/m))[1] ?? "";
}

test("[ADMIN-2] from an empty folder to an API token by the command line alone", async (t) => {
  const { seatkeeper, folder, create } = open(t);
  const made = await create("--name", "ada", "--data-dir", folder, "--side", "vendor", "--with-token", "scripts");
  assert.equal(made.ended, 0, made.stderr);
  assert.match(made.stdout, /^sk_[\w-]{40}\n$/, "the token, and nothing else");
  const server = await seatkeeper.start(["vendor", "--data-dir", folder]);
  const url = await managementUrl(server);
  const session = await new ManagementClient(url, made.stdout.trim()).get("/session");
  assert.deepEqual(session.body, { name: "scripts", role: "admin", side: "vendor", csrf_token: null });
  const login = await new ManagementClient(url).post("/session", { name: "ada", password: PASSWORD });
  assert.equal(login.status, 201);
  assert.ok(!existsSync(join(folder, "vendor.setup.json")), "there is an admin, so nothing is to be set up");
});

test("[ADMIN-2] offline it makes others too, in the shapes of the API, and tells who did", async (t) => {
  const { folder, create, seatkeeper } = open(t);
  assert.equal(
    (await create("--name", "ada", "--data-dir", folder, "--side", "floating")).stdout,
    "Made ada, admin.\n",
  );
  const { stdout } = await create(
    "--name",
    "bob",
    "--role",
    "viewer",
    "--data-dir",
    folder,
    "--with-token",
    "x",
    "--json",
  );
  const { admin, token } = JSON.parse(stdout);
  assert.deepEqual(Object.keys(admin), ["id", "name", "role", "is_disabled", "created_at"]);
  assert.deepEqual([admin.name, admin.role, token.name, token.role], ["bob", "viewer", "x", "viewer"]);
  const again = await create("--name", "bob", "--data-dir", folder);
  assert.deepEqual([again.ended, again.stdout], [1, ""]);
  assert.match(again.stderr, /^there is an admin of the name bob already/);
  const server = await seatkeeper.start(["floating", "--data-dir", folder]);
  const session = await new ManagementClient(await managementUrl(server), token.token).get("/session");
  assert.equal(session.body.role, "viewer");
});

test("[ADMIN-2] while a server runs without an admin, a file for its owner only says how one is made", async (t) => {
  const { seatkeeper, folder, create } = open(t);
  const server = await seatkeeper.start(["floating", "--data-dir", folder]);
  const url = await managementUrl(server);
  const file = join(folder, "floating.setup.json");
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(Object.keys(JSON.parse(readFileSync(file, "utf8"))), ["url", "token", "side"]);
  const viewer = await create("--name", "ada", "--role", "viewer", "--data-dir", folder);
  assert.equal(viewer.ended, 2, "somebody has to be able to make others");
  const short = await seatkeeper.run(
    ["admin", "create", "--name", "ada", "--password-stdin", "--data-dir", folder],
    {},
    "short",
  );
  assert.equal(short.ended, 2, short.stderr);
  const { ended, stdout, stderr } = await create("--name", "ada", "--data-dir", folder, "--with-token", "scripts");
  assert.equal(ended, 0, stderr);
  assert.ok(!existsSync(file), "it is used");
  const client = new ManagementClient(url, stdout.trim());
  assert.equal((await client.get("/session")).body.role, "admin");
  const second = await create("--name", "bob", "--data-dir", folder);
  assert.equal(second.ended, 3);
  assert.match(second.stderr, /has an admin already: name it by --url and an admin's --token, or stop it first/);
  const byToken = await create("--name", "bob", "--role", "operator", "--url", url, "--token", stdout.trim());
  assert.deepEqual([byToken.ended, byToken.stdout], [0, "Made bob, operator.\n"]);
  const refused = await create("--name", "carol", "--url", url, "--token", "sk_wrong");
  assert.equal(refused.ended, 3);
});

test("[ADMIN-2] a server that ends takes its file with it; one that is killed leaves one that does no harm", async (t) => {
  const { seatkeeper, folder, create } = open(t);
  const file = join(folder, "vendor.setup.json");
  const first = await seatkeeper.start(["vendor", "--data-dir", folder]);
  assert.ok(existsSync(file));
  assert.equal((await first.end()).ended, 0);
  assert.ok(!existsSync(file));
  const second = await seatkeeper.start(["vendor", "--data-dir", folder]);
  await second.end("SIGKILL");
  assert.ok(existsSync(file));
  const { ended, stderr } = await create("--name", "ada", "--data-dir", folder);
  assert.equal(ended, 0, stderr);
  await seatkeeper.start(["vendor", "--data-dir", folder]);
  assert.ok(!existsSync(file));
});

test("[ADMIN-2] a password is never guessed nor on the command line", async (t) => {
  const { seatkeeper, folder } = open(t);
  const create = ["admin", "create", "--name", "ada", "--data-dir", folder];
  const { ended, stderr } = await seatkeeper.run([...create, "--side", "vendor"]);
  assert.equal(ended, 2);
  assert.match(stderr, /give it by --password-stdin/);
  assert.equal((await seatkeeper.run([...create, "--password", PASSWORD])).ended, 2);
  const sideless = await seatkeeper.run([...create, "--password-stdin"], {}, PASSWORD);
  assert.equal(sideless.ended, 2);
  assert.match(sideless.stderr, /say --side vendor or --side floating/);
  assert.ok(!existsSync(folder), "nothing was made");
});
