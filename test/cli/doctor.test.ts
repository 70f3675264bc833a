import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { Finding } from "../../src/cli/doctor/finding.ts";
import { PASSWORD } from "./management-desk.ts";
import { Seatkeeper } from "./run-seatkeeper.ts";

const QUIET = {
  SEATKEEPER_FLOATING_SERVER_PORT: "0",
  SEATKEEPER_LICENSE_API_PORT: "0",
  SEATKEEPER_MANAGEMENT_PORT: "0",
  SEATKEEPER_LOG_LEVEL: "silent",
};

function open(t: { after(cleanUp: () => void | Promise<void>): void }) {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const environment = { XDG_CONFIG_HOME: seatkeeper.folder };
  const doctor = async (args: string[], more: Record<string, string> = {}) => {
    const { ended, stdout, stderr } = await seatkeeper.run(["doctor", "--json", ...args], { ...environment, ...more });
    assert.notEqual(stdout, "", stderr);
    const { is_healthy, findings } = JSON.parse(stdout) as { is_healthy: boolean; findings: Finding[] };
    assert.equal(ended, is_healthy ? 0 : 1);
    const resultOf = (check: Finding["check"]) =>
      findings.filter((each) => each.check === check).map(({ result }) => result);
    return { ended, findings, resultOf };
  };
  return { seatkeeper, environment, folder: join(seatkeeper.folder, "data"), doctor };
}

test("[CLI-1] doctor finds a server that runs in order: 0, a line for each check", async (t) => {
  const { seatkeeper, environment, folder } = open(t);
  const create = ["admin", "create", "--name", "ada", "--password-stdin", "--data-dir", folder];
  const made = await seatkeeper.run([...create, "--side", "vendor", "--with-token", "x"], environment, PASSWORD);
  const server = await seatkeeper.start(["vendor", "--data-dir", folder]);
  const [, url = ""] = await server.printed(/^Management {7}(\S+)/m);
  const { ended, stdout, stderr } = await seatkeeper.run(["doctor", "--data-dir", folder], {
    ...environment,
    SEATKEEPER_URL: url,
    SEATKEEPER_TOKEN: made.stdout.trim(),
  });
  assert.deepEqual([ended, stderr], [0, ""], stdout);
  const lines = stdout.trimEnd().split("\n");
  assert.ok(
    lines.every((line) => /^[✔–] /.test(line)),
    stdout,
  );
  for (const found of [
    /settings are readable/,
    /is writable/,
    /a server has it/,
    /key file|seatkeeper\.key/,
    /x is let in/,
  ]) {
    assert.match(stdout, found);
  }
});

test("[CLI-1] doctor says what is wrong and what to do, and ends with 1", async (t) => {
  const { seatkeeper, environment, folder, doctor } = open(t);
  const server = await seatkeeper.start(["vendor", "--data-dir", folder]);
  const [, url = ""] = await server.printed(/^Management {7}(\S+)/m);
  const withoutToken = await doctor(["--data-dir", folder], { SEATKEEPER_URL: url });
  assert.deepEqual([withoutToken.resultOf("server"), withoutToken.resultOf("token")], [["ok"], ["bad"]]);
  await server.end();

  chmodSync(join(folder, "seatkeeper.key"), 0o644);
  const openKey = await doctor(["--data-dir", folder], { SEATKEEPER_URL: url });
  assert.deepEqual([openKey.resultOf("key_file"), openKey.resultOf("server")], [["bad"], ["bad"]]);
  const noKey = await doctor(["--data-dir", folder, "--key-file", "elsewhere"]);
  assert.deepEqual(noKey.resultOf("key_file"), ["bad"]);

  const db = new DatabaseSync(join(folder, "vendor.db"));
  db.prepare("INSERT INTO event VALUES (99999, ?, 'x', 0, 0, NULL, NULL, '')").run(Date.now() + 3_600_000);
  db.close();
  assert.deepEqual((await doctor(["--data-dir", folder])).resultOf("clock"), ["bad"]);

  writeFileSync(join(folder, "vendor.db"), "no database at all, but a text that is long enough to look at");
  const { findings, resultOf } = await doctor(["--data-dir", folder]);
  assert.deepEqual(resultOf("database"), ["bad", "skipped"]);
  assert.ok(findings.every(({ result, advice }) => (result === "bad") === (advice !== null)));

  writeFileSync(join(seatkeeper.folder, "seatkeeper.yaml"), "data-dri: x");
  assert.deepEqual((await doctor([])).resultOf("settings"), ["bad"]);
  const { ended, stdout } = await seatkeeper.run(["doctor"], environment);
  assert.equal(ended, 1);
  assert.match(stdout, /^✖ .*Did you mean data-dir\?/);
});

test("[CLI-1] doctor finds a port that another program has", async (t) => {
  const { folder, doctor } = open(t);
  const other = createServer();
  t.after(() => other.close());
  const { promise, resolve } = Promise.withResolvers<void>();
  other.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = other.address() as { port: number };
  const { findings, resultOf } = await doctor(["--data-dir", folder], { SEATKEEPER_MANAGEMENT_PORT: String(port) });
  assert.deepEqual(resultOf("port"), ["skipped", "skipped", "bad"]);
  assert.match(
    findings.find(({ check, result }) => check === "port" && result === "bad")?.advice ?? "",
    /--management\.port/,
  );
  assert.deepEqual(resultOf("data_folder"), ["ok"], "a first start makes it");
});
