import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Fault } from "../fault.ts";
import { type ConfigSources, loadConfig } from "./load-config.ts";
import { environmentName, optionNames, options } from "./options.ts";

const folder = mkdtempSync(join(tmpdir(), "seatkeeper-config-"));
after(() => rmSync(folder, { recursive: true }));

function fileOf(content: string): string {
  const file = join(folder, "seatkeeper.yaml");
  writeFileSync(file, content);
  return file;
}

/** Loads with an empty file of settings, so that the working folder's cannot matter. */
function load({ flags = {}, environment = {}, file = fileOf("") }: Partial<ConfigSources>) {
  return loadConfig({ flags, environment, file });
}

function assertInvalid(sources: Partial<ConfigSources>, message: RegExp): void {
  assert.throws(
    () => load(sources),
    (error) => {
      assert.ok(error instanceof Fault);
      assert.equal(error.code, "config_invalid");
      assert.match(error.message, message);
      assert.ok(!error.message.includes("\n"), "one line");
      return true;
    },
  );
}

test("[CLI-2] without anything said, every setting has its default", () => {
  const config = load({});
  for (const name of optionNames) assert.deepEqual(config[name], options[name].default, name);
  assert.equal(config["floating-server.host"], "127.0.0.1");
  assert.equal(config["floating-server.port"], 8080);
  assert.equal(config["auth.required"], false);
  assert.equal(config["seats.grace-seconds"], 30);
});

test("[CLI-2] a flag wins over the environment, that over the file, that over the default", () => {
  const file = fileOf("floating-server.port: 1");
  const environment = { SEATKEEPER_FLOATING_SERVER_PORT: "2" };
  const flags = { "floating-server.port": "3" };
  assert.equal(load({ file })["floating-server.port"], 1);
  assert.equal(load({ file, environment })["floating-server.port"], 2);
  assert.equal(load({ file, environment, flags })["floating-server.port"], 3);
});

test("[CLI-2] every setting can be given in all three spellings", () => {
  const byKind = { text: "some text", port: "81", boolean: "true", count: "7", seconds: "1.5", list: "a, b" };
  const byName: Record<string, string> = {
    "log.level": "debug",
    "store.url": "sqlite:seats.db",
    "management.public-url": "https://a.example",
  };
  for (const name of optionNames) {
    const given = byName[name] ?? byKind[options[name].kind];
    const byFlag = load({ flags: { [name]: given } })[name];
    assert.notDeepEqual(byFlag, options[name].default, `${name} is changed by its flag`);
    assert.deepEqual(load({ environment: { [environmentName(name)]: given } })[name], byFlag, name);
    assert.deepEqual(load({ file: fileOf(`${name}: ${given}`) })[name], byFlag, name);
  }
});

test("[CLI-2] the file may be nested or dotted, and a list may be a list", () => {
  const nested = load({ file: fileOf("floating-server:\n  port: 9000\n  allowed-hosts: [a.example, b.example]\n") });
  assert.equal(nested["floating-server.port"], 9000);
  assert.deepEqual(nested["floating-server.allowed-hosts"], ["a.example", "b.example"]);
  const dotted = load({ file: fileOf("floating-server.allowed-hosts: a.example, b.example,") });
  assert.deepEqual(dotted["floating-server.allowed-hosts"], ["a.example", "b.example"]);
});

test("[CLI-2] other programs' variables, and those of tests and clients, are nobody's settings", () => {
  const environment = { PATH: "/bin", SEATKEEPER_URL: "http://127.0.0.1:1", SEATKEEPER_TEST_X: "1" };
  assert.deepEqual(load({ environment }), load({}));
});

test("[CLI-2] a name that does not exist is an error that suggests the nearest", () => {
  assertInvalid(
    { environment: { SEATKEEPER_FLOATING_SERVER_PROT: "1" } },
    /Did you mean SEATKEEPER_FLOATING_SERVER_PORT\?/,
  );
  assertInvalid({ file: fileOf("floating-server:\n  prot: 1") }, /Did you mean floating-server\.port\?/);
  assertInvalid({ file: fileOf("auth.requird: true") }, /no setting auth\.requird\..*Did you mean auth\.required\?/);
  assertInvalid({ file: fileOf("__proto__: 1") }, /no setting __proto__/);
  assertInvalid({ file: fileOf("constructor: 1") }, /no setting constructor/);
});

test("[CLI-2] a name that is like no other gets no suggestion", () => {
  assertInvalid(
    { environment: { SEATKEEPER_COLOUR_OF_THE_BANNER: "red" } },
    /no setting SEATKEEPER_COLOUR_OF_THE_BANNER\.$/,
  );
});

const refusedValues: readonly (readonly [name: string, value: string])[] = [
  ["floating-server.port", "65536"],
  ["floating-server.port", "-1"],
  ["floating-server.port", "80.5"],
  ["floating-server.port", "http"],
  ["auth.required", "yes"],
  ["auth.required", "TRUE"],
  ["seats.grace-seconds", "-1"],
  ["seats.grace-seconds", "86401"],
  ["seats.grace-seconds", "1e3"],
  ["seats.grace-seconds", "Infinity"],
];

for (const [name, value] of refusedValues) {
  test(`[CLI-2] ${name} cannot be "${value}", and the message says where that was said`, () => {
    assertInvalid({ flags: { [name]: value } }, new RegExp(`^--${name} must be .*, not "${value}"$`));
    const variable = environmentName(name);
    assertInvalid({ environment: { [variable]: value } }, new RegExp(`^${variable}: ${name} must be `));
  });
}

test("[CLI-2] an empty flag is no port; an empty variable counts as not given", () => {
  assertInvalid({ flags: { "floating-server.port": "" } }, /^--floating-server\.port must be a port/);
  const environment = { SEATKEEPER_FLOATING_SERVER_PORT: "", SEATKEEPER_AUTH_REQUIRED: "" };
  const config = loadConfig({ flags: {}, environment });
  assert.deepEqual([config["floating-server.port"], config["auth.required"]], [8080, false]);
});

test("[CLI-1] a log level that does not exist is an error, not a crash later on", () => {
  assertInvalid({ flags: { "log.level": "loud" } }, /log\.level must be/);
});

test("[CLI-2] a file that is not there, or holds no settings, is an error that names it", () => {
  assertInvalid({ file: join(folder, "missing.yaml") }, /missing\.yaml cannot be read/);
  assertInvalid({ file: fileOf("just a text") }, /must hold settings/);
  assertInvalid({ file: fileOf("a: [1, 2") }, /cannot be read/);
  assertInvalid({ file: fileOf("a: &a [*a]") }, /seatkeeper\.yaml/);
});
