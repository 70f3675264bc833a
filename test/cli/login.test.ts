import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeAdmin, makeToken, openDesk, PASSWORD } from "./management-desk.ts";

const desk = await openDesk({ after });
const { store } = desk.vendor.side;
const passwordFile = join(desk.seatkeeper.folder, "password");
writeFileSync(passwordFile, `${PASSWORD}\n`);

/** Each test has a home of its own. */
function homeOf(name: string) {
  const home = desk.seatkeeper.makeFolder(name);
  const file = join(home, "seatkeeper", "config.json");
  const run = (...args: readonly string[]) => desk.seatkeeper.run(args, { XDG_CONFIG_HOME: home });
  return { file, run, read: () => JSON.parse(readFileSync(file, "utf8")) };
}
const byPassword = (name: string) => ["login", "--url", desk.url, "--name", name, "--password-file", passwordFile];

test("[ADMIN-7] an admin's login makes a token and keeps it for its owner only; the logout revokes it", async () => {
  const { file, run, read } = homeOf("admin");
  const login = await run(...byPassword("ada"));
  assert.deepEqual([login.ended, login.stderr], [0, ""]);
  assert.equal(login.stdout, `Logged in to the vendor server at ${desk.url} as ada, with an API token for 90 days.\n`);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const { current, profiles } = read();
  assert.deepEqual([current, Object.keys(profiles), profiles.vendor.cookie], ["vendor", ["vendor"], undefined]);
  assert.match((await run("whoami")).stdout, new RegExp(`, admin, of the vendor server at ${desk.url}\n$`));
  assert.equal((await run("product", "create", "--code", "cad", "--name", "CAD")).ended, 0);
  assert.equal((await store.records("session")).length, 0);
  // A second login takes the place of the first.
  const { token } = profiles.vendor;
  assert.equal((await run(...byPassword("ada"))).ended, 0);
  assert.equal((await run("whoami", "--url", desk.url, "--token", token)).ended, 3);
  const second = read().profiles.vendor.token;
  assert.equal((await run("whoami", "--url", desk.url, "--token", second)).ended, 0);
  const logout = await run("logout");
  assert.deepEqual(logout, { ended: 0, stdout: `Logged out of ${desk.url} as ada.\n`, stderr: "" });
  assert.equal((await run("whoami", "--url", desk.url, "--token", second)).ended, 3);
  assert.deepEqual(read(), { profiles: {} });
  assert.equal((await run("logout")).ended, 1);
});

test("[ADMIN-3] whoever may make no tokens gets a session, which changes things too and ends with the logout", async () => {
  await makeAdmin(store, "olga", "operator");
  const { run, read } = homeOf("operator");
  const login = await run(...byPassword("olga"));
  assert.equal(login.stdout, `Logged in to the vendor server at ${desk.url} as olga.\n`);
  const { token, cookie, csrf_token } = read().profiles.vendor;
  assert.equal(token, undefined);
  assert.match(cookie, /^seatkeeper_vendor=/);
  assert.ok(csrf_token.length > 10);
  assert.match((await run("whoami")).stdout, /^olga, operator, /);
  assert.equal((await run("product", "list")).ended, 0);
  assert.equal((await run("logout")).ended, 0);
  const gone = await fetch(`${desk.url}/manage/v1/session`, { headers: { cookie } });
  assert.equal(gone.status, 401);
});

test("[ADMIN-7] a token that is brought is kept, and not revoked by the logout", async () => {
  const token = await makeToken(store, "viewer");
  const { run } = homeOf("token");
  assert.equal((await run("login", "--url", desk.url, "--token", token, "--profile", "ours")).ended, 0);
  const { side, role } = JSON.parse((await run("whoami", "--json", "--profile", "ours")).stdout);
  assert.deepEqual([side, role], ["vendor", "viewer"]);
  assert.equal((await run("whoami", "--profile", "theirs")).ended, 2);
  assert.equal((await run("logout", "--profile", "ours")).ended, 0);
  assert.equal((await run("whoami", "--url", desk.url, "--token", token)).ended, 0);
});

test("[CLI-4] a login that is refused ends with 3 and keeps nothing; one that lacks a password with 2", async () => {
  const { run, file } = homeOf("refused");
  const wrong = join(desk.seatkeeper.folder, "wrong");
  writeFileSync(wrong, "something else");
  const refused = await run("login", "--url", desk.url, "--name", "nobody", "--password-file", wrong);
  assert.deepEqual([refused.ended, refused.stdout], [3, ""]);
  assert.match(refused.stderr, /\(invalid_credentials\)\n$/);
  assert.equal((await run("login", "--url", desk.url, "--token", "sk_nothing")).ended, 3);
  assert.equal((await run("login", "--url", desk.url, "--name", "ada")).ended, 2);
  assert.equal((await run("login", "--url", desk.url)).ended, 2);
  assert.equal((await run("login", "--url", "http://127.0.0.1:1", "--token", "sk_nothing")).ended, 4);
  assert.ok(!existsSync(file));
});

test("[CLI-2] there may be a login for each side; a command that one side only has goes there", async (t) => {
  const floating = await startFloatingServer(t);
  const url = floating.side.managementUrl;
  const { run } = homeOf("both");
  assert.equal((await run("login", "--url", desk.url, "--token", await makeToken(store, "viewer"))).ended, 0);
  assert.equal((await run("login", "--url", url, "--token", await makeToken(floating.store, "viewer"))).ended, 0);
  assert.match((await run("whoami")).stdout, /floating server/);
  assert.match((await run("whoami", "--side", "vendor")).stdout, /vendor server/);
  assert.equal((await run("product", "list")).ended, 0);
  const misplaced = await run("product", "list", "--side", "floating");
  assert.deepEqual([misplaced.ended, misplaced.stdout], [1, ""]);
  assert.match(misplaced.stderr, /this server has no product list, which is of vendor servers/);
  // A login is shown to its own server only.
  assert.equal((await run("whoami", "--url", url, "--profile", "vendor")).ended, 3);
  assert.match((await run("whoami", "--url", desk.url)).stdout, /vendor server/);
});

test("[CLI-4] a file of logins that is broken is said to be so", async () => {
  const { run, file } = homeOf("broken");
  await run("login", "--url", desk.url, "--token", await makeToken(store, "viewer"));
  writeFileSync(file, "{");
  const { ended, stderr } = await run("whoami");
  assert.equal(ended, 1);
  assert.match(stderr, /config\.json is not what seatkeeper login writes/);
});
