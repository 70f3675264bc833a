import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, test } from "node:test";
import { makeVendor } from "../support/license-files.ts";
import { Seatkeeper } from "./run-seatkeeper.ts";

const QUIET = { SEATKEEPER_FLOATING_SERVER_PORT: "0", SEATKEEPER_LICENSE_API_PORT: "0" };

test("[CLI-2] floating takes its settings from flags, the environment and seatkeeper.yaml, in this order", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const { folder } = seatkeeper;
  const settings = [
    "data-dir: from-file",
    "auth.required: true",
    "floating-server:",
    "  allowed-hosts: [seats.example]",
    "log.level: error",
  ];
  writeFileSync(join(folder, "seatkeeper.yaml"), settings.join("\n"));
  const server = await seatkeeper.start(["floating", "--auth.required", "false"], {
    SEATKEEPER_DATA_DIR: "from-variable",
  });
  const { status } = await fetch(`${server.url}/api/v4/licenses`);
  assert.equal(status, 200, "the flag wins over the file");
  assert.match(server.stdout, /^Floating Server {2}http:\/\/127\.0\.0\.1:\d+ {2}for programs on this machine/);
  const { ended, stderr } = await server.end();
  assert.deepEqual([ended, stderr], [0, ""], "the file's log level is in force");
  const shown = await seatkeeper.run(["config", "show"], { SEATKEEPER_DATA_DIR: "from-variable" });
  assert.match(shown.stdout, /^data-dir: "from-variable"$/m);
  assert.match(shown.stdout, /^auth\.required: true$/m);
  assert.match(shown.stdout, /^floating-server\.allowed-hosts: \["seats\.example"\]$/m);
  assert.match(shown.stdout, /^floating-server\.port: 0$/m);
});

test("[CLI-2] --config names another file", async (t) => {
  const seatkeeper = new Seatkeeper(t);
  writeFileSync(join(seatkeeper.folder, "seatkeeper.yaml"), "log.level: error");
  writeFileSync(join(seatkeeper.folder, "other.yaml"), "log.level: debug");
  const { stdout } = await seatkeeper.run(["config", "show", "--config", "other.yaml"]);
  assert.match(stdout, /^log\.level: "debug"$/m);
});

test("[CLI-1] a start with required login, or without a vendor's key, says what that means", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const server = await seatkeeper.start(["floating", "--auth.required"]);
  assert.match(server.stdout, /auth\.required is on.*401/);
  assert.match(server.stdout, /no vendor\.public-key-file is set/);
  assert.equal((await fetch(`${server.url}/api/v4/licenses`)).status, 401);
  assert.equal((await server.end()).ended, 0);
});

test("[CLI-1] a server that is open to the network says so, and whether users must log in", async (t) => {
  const seatkeeper = new Seatkeeper(t, { ...QUIET, SEATKEEPER_FLOATING_SERVER_HOST: "0.0.0.0" });
  for (const [flags, login] of [
    [[], "login not required"],
    [["--auth.required"], "login required"],
  ] as const) {
    const server = await seatkeeper.start(["floating", ...flags]);
    assert.match(server.stdout, new RegExp(`for everyone who reaches this address, ${login}`));
    assert.equal((await fetch(`${server.url}/health`)).status, 200);
    assert.equal((await server.end()).ended, 0);
  }
});

const wrong: readonly (readonly [
  what: string,
  args: string[],
  environment: Record<string, string>,
  message: RegExp,
])[] = [
  [
    "a variable that does not exist",
    ["floating"],
    { SEATKEEPER_FLOATING_SERVER_PROT: "1" },
    /SEATKEEPER_FLOATING_SERVER_PROT.*Did you mean SEATKEEPER_FLOATING_SERVER_PORT\?/,
  ],
  [
    "a variable that does not exist, to the demo",
    ["demo"],
    { SEATKEEPER_DATA_DRI: "x" },
    /Did you mean SEATKEEPER_DATA_DIR\?/,
  ],
  [
    "a key that does not exist",
    ["floating", "--config", "bad.yaml"],
    {},
    /bad\.yaml.*auth\.requird.*Did you mean auth\.required\?/,
  ],
  ["a file that does not exist", ["floating", "--config", "missing.yaml"], {}, /missing\.yaml cannot be read/],
  [
    "a port that is none",
    ["floating", "--floating-server.port", "http"],
    {},
    /must be a port from 0 to 65535, not "http"/,
  ],
  ["a log level that is none", ["floating", "--log.level", "loud"], {}, /log\.level must be/],
  [
    "a database that is none",
    ["floating", "--store.url", "mysql://x"],
    {},
    /store\.url must be sqlite:FILE or postgres/,
  ],
  [
    "a vendor's key that is not there",
    ["floating", "--vendor.public-key-file", "no.pem"],
    {},
    /there is no file no\.pem/,
  ],
  [
    "a vendor's key that is none",
    ["floating", "--vendor.public-key-file", "bad.yaml"],
    {},
    /bad\.yaml holds no PEM public key/,
  ],
  [
    "a private key for the vendor's public one",
    ["floating", "--vendor.public-key-file", "private.pem"],
    {},
    /private\.pem holds no PEM public key/,
  ],
];

describe("[CLI-2] settings that are wrong", { concurrency: 4 }, () => {
  for (const [what, args, environment, message] of wrong) {
    test(`[CLI-2] ${what} ends with 2 and a sentence, before anything is made`, async (t) => {
      const seatkeeper = new Seatkeeper(t, QUIET);
      writeFileSync(join(seatkeeper.folder, "bad.yaml"), "auth.requird: true\n");
      writeFileSync(join(seatkeeper.folder, "private.pem"), makeVendor().privateKey);
      const { ended, stdout, stderr } = await seatkeeper.run(args, environment);
      assert.match(stderr, message);
      assert.deepEqual([ended, stdout], [2, ""]);
      assert.equal(stderr.trim().split("\n").length, 1, "one line, no stack");
    });
  }
});

test("[CLI-1] a database that nobody answers for ends with 1 and a sentence", async (t) => {
  const seatkeeper = new Seatkeeper(t);
  const url = "postgres://nobody@127.0.0.1:1/none";
  const { ended, stdout, stderr } = await seatkeeper.run(["floating", "--store.url", url, "--log.level", "silent"]);
  assert.deepEqual([ended, stdout], [1, ""]);
  assert.match(stderr, /the database of store\.url cannot be opened/);
  assert.equal(stderr.trim().split("\n").length, 1, stderr);
});

test("[CLI-1] a port that is taken ends with 1 and a sentence", async (t) => {
  const taken = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  taken.listen(0, "127.0.0.1", resolve);
  t.after(() => void taken.close());
  await promise;
  const { port } = taken.address() as { port: number };
  const seatkeeper = new Seatkeeper(t);
  const { ended, stdout, stderr } = await seatkeeper.run([
    "floating",
    "--floating-server.port",
    String(port),
    "--log.level",
    "silent",
  ]);
  assert.deepEqual([ended, stdout], [1, ""]);
  assert.match(stderr, /another program listens there; choose another port/);
  assert.equal(stderr.trim().split("\n").length, 1, stderr);
});

test("[CLI-1] an address that the machine does not have ends with 1 and a sentence", async (t) => {
  const seatkeeper = new Seatkeeper(t, { ...QUIET, SEATKEEPER_LOG_LEVEL: "silent" });
  const { ended, stderr } = await seatkeeper.run(["floating", "--floating-server.host", "192.0.2.254"]);
  assert.match(stderr, /this machine has no such address/);
  assert.deepEqual([ended, stderr.trim().split("\n").length], [1, 1]);
});

test("[CLI-1] a file that is no database ends with 1 and a sentence that names it", async (t) => {
  const seatkeeper = new Seatkeeper(t, { ...QUIET, SEATKEEPER_LOG_LEVEL: "silent" });
  writeFileSync(join(seatkeeper.folder, "notes.txt"), "These are notes, and not a database.\n".repeat(100));
  const { ended, stderr } = await seatkeeper.run(["floating", "--store.url", "sqlite:notes.txt"]);
  assert.match(stderr, /notes\.txt cannot be opened: file is not a database/);
  assert.deepEqual([ended, stderr.trim().split("\n").length], [1, 1]);
});

test("[STORE-6] a second start on the same folder ends with 1 and a sentence, and the first goes on", async (t) => {
  const seatkeeper = new Seatkeeper(t, { ...QUIET, SEATKEEPER_LOG_LEVEL: "silent" });
  // The demo opens the vendor's database first.
  for (const [command, database] of [
    ["floating", "floating.db"],
    ["vendor", "vendor.db"],
    ["demo", "vendor.db"],
  ] as const) {
    const first = await seatkeeper.start([command, "--data-dir", command]);
    const { ended, stdout, stderr } = await seatkeeper.run([command, "--data-dir", command]);
    assert.deepEqual([ended, stdout], [1, ""]);
    assert.match(stderr, /^Another seatkeeper is running on .*\. Stop it first, or choose another data-dir\.\n$/);
    assert.ok(stderr.includes(`${command}/${database}.`), stderr);
    const url = command === "vendor" ? first.licenseApiUrl : first.url;
    assert.equal((await fetch(`${url}/health`)).status, 200);
    assert.equal((await first.end()).ended, 0);
    const next = await seatkeeper.start([command, "--data-dir", command]);
    assert.equal((await next.end()).ended, 0, "the folder is free again");
  }
});

test("[AUTH-5] config show hides secrets, whatever gave them", async (t) => {
  const seatkeeper = new Seatkeeper(t);
  writeFileSync(join(seatkeeper.folder, "seatkeeper.yaml"), "vendor.api-key: secret-in-file");
  for (const [args, environment] of [
    [[], {}],
    [["--vendor.api-key", "secret-in-flag"], {}],
    [[], { SEATKEEPER_VENDOR_API_KEY: "secret-in-variable" }],
  ] as const) {
    const { ended, stdout, stderr } = await seatkeeper.run(["config", "show", ...args], environment);
    assert.equal(ended, 0);
    assert.match(stdout, /^# vendor\.api-key: \(given, not shown\)$/m);
    assert.ok(!(stdout + stderr).includes("secret"));
  }
});
