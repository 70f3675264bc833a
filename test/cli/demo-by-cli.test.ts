import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { allOperations } from "../../src/management/all-operations.ts";
import { SIDES, type Side } from "../../src/management/operation.ts";
import { PASSWORD } from "./management-desk.ts";
import { type Running, Seatkeeper } from "./run-seatkeeper.ts";

/** A command line that is logged in to a server of each side, or will be. */
class Shell {
  readonly seatkeeper: Seatkeeper;

  constructor(test: TestContext) {
    this.seatkeeper = new Seatkeeper(test, {
      SEATKEEPER_FLOATING_SERVER_PORT: "0",
      SEATKEEPER_LICENSE_API_PORT: "0",
      SEATKEEPER_LOG_LEVEL: "silent",
    });
  }

  /** @returns what a command prints, without the last line break */
  async run(...args: readonly string[]): Promise<string> {
    const environment = { XDG_CONFIG_HOME: this.seatkeeper.folder };
    const { ended, stdout, stderr } = await this.seatkeeper.run(args, environment, `${PASSWORD}\n`);
    assert.equal(ended, 0, `${args.join(" ")}: ${stderr}`);
    return stdout.trimEnd();
  }

  file(name: string): string {
    return join(this.seatkeeper.folder, name);
  }

  /** Starts a server on an empty folder, with a first admin whose token the commands that follow have. */
  async start(side: Side, ...flags: readonly string[]): Promise<Running> {
    const data = ["--data-dir", this.file(`${side}-data`)];
    const made = ["--name", "ada", "--password-stdin", "--with-token", "demo"];
    const token = await this.run("admin", "create", "--side", side, ...data, ...made);
    const server = await this.seatkeeper.start([side, ...data, ...flags]);
    const [, url = ""] = await server.printed(/^Management {7}(\S+)/m);
    await this.run("login", "--url", url, "--token", token);
    return server;
  }
}

const PRODUCTS = [
  ["--code", "demo", "--name", "Demo"],
  ["--code", "demo-user", "--name", "Demo for users", "--authorization-method", "user"],
];
const SEATS = ["--timeout", "15m", "--can-borrow", "--max-borrow", "72h"];
const MILLION = ["--type", "consumption", "--max-consumptions", "1000000"];
const FEATURES = [
  ["--code", "render", "--name", "Render node", "--offline-floating", "--seats", "2", ...SEATS],
  ["--code", "export", "--name", "Export", "--cloud-floating", "--seats", "3", ...SEATS],
  ["--code", "tokens", "--name", "Tokens", ...MILLION],
];
const METERED = [...MILLION, "--seats", "100", ...SEATS];
const ON_ANY_DEVICE = ["--cloud-floating", "--allow-unlimited-activations", ...METERED];
const EMAIL = "license-admin@customer.example";
const USERNAME = "ada@customer.example";
/** Ids are counted, and this is the second license. */
const FLOATING_LICENSE = "1734000000000102";

/** The vendor's side of the demo. @returns the key of the license for the floating server */
async function setUpVendor(shell: Shell): Promise<string> {
  await shell.start("vendor");
  for (const product of PRODUCTS) {
    await shell.run("product", "create", ...product);
    for (const feature of FEATURES) await shell.run("feature", "create", product[1] ?? "", ...feature);
  }
  const company = ["--company-name", "Demo Customer", "--account-code", "demo"];
  const customer = await shell.run("customer", "create", "--email", EMAIL, ...company, "--field", "id");
  const name = ["--first-name", "Ada", "--last-name", "Lovelace", "--customer-id", customer];
  await shell.run("user", "create", "--username", USERNAME, ...name, "--password-file", "-");
  const issue = (product: string, ...terms: readonly string[]) =>
    shell.run("license", "create", "--product", product, "--customer-id", customer, "--field", "key", ...terms);
  await issue("demo", ...ON_ANY_DEVICE);
  const licenseKey = await issue("demo", "--offline-floating", "--max-activations", "1", ...METERED);
  await issue("demo-user", ...ON_ANY_DEVICE, "--users", `${USERNAME},allow-unlimited-activations`);
  writeFileSync(
    shell.file("shared.txt"),
    await shell.run("api-key", "create", "--name", "demo", "--field", "shared_key"),
  );
  assert.notEqual(await shell.run("oauth-client", "create", "--name", "demo", "--field", "client_secret"), "");
  await shell.run("signing-key", "export", "--out", shell.file("vendor.pem"));
  return licenseKey;
}

/** The customer's side of the demo, and what travels between the two. */
async function setUpFloating(shell: Shell, licenseKey: string): Promise<void> {
  const apiKey = await shell.run("api-key", "list", "--name", "demo", "--field", "key");
  const credentials = ["--vendor.api-key", apiKey, "--vendor.shared-key-file", shell.file("shared.txt")];
  const server = await shell.start("floating", "--vendor.public-key-file", shell.file("vendor.pem"), ...credentials);
  const [request, answer] = [shell.file("demo.req"), shell.file("demo.lic")];
  await shell.run("request", "create", "--product", "demo", "--license-key", licenseKey, "--out", request);
  await shell.run("request", "answer", request, "--out", answer);
  await shell.run("license", "import", answer, "--url", server.url);
}

/** The demo as it is, with the tokens that it made for scripts. */
async function startDemo(shell: Shell): Promise<void> {
  await shell.seatkeeper.start(["demo", "--data-dir", shell.file("data")]);
  const { vendorManagement, floatingManagement, adminToken } = JSON.parse(
    readFileSync(shell.file("data/demo.json"), "utf8"),
  );
  await shell.run("login", "--url", vendorManagement, "--token", adminToken.vendor);
  await shell.run("login", "--url", floatingManagement, "--token", adminToken.floating);
}

/** Of history, which tells how things came about, and of those who tend the server: the demo leaves its admins to be made. */
const NOT_SET_UP = ["admin", "audit", "denial"];
/** What no two servers have in common: keys, hardware, times, and addresses and folders among the settings. */
const OF_ITS_OWN = /^(key|license_key|client_id|public_key|request_id|hardware_id|value|at|.*_at)$/;

/** All that a side lists. */
async function lists(shell: Shell, side: Side): Promise<Record<string, unknown>> {
  const nouns = allOperations
    .filter((each) => each.verb === "list" && each.isHidden !== true && each.sides.includes(side))
    .filter(({ noun, path }) => !NOT_SET_UP.includes(noun) && !path.includes("{"))
    .map(({ noun }) => [noun, "list"]);
  const devices = side === "vendor" ? [["device", "list", FLOATING_LICENSE]] : [];
  const shown: Record<string, unknown> = {};
  for (const command of [...nouns, ...devices]) {
    const printed = await shell.run(...command, "--all", "--json", "--side", side);
    shown[command.join(" ")] = JSON.parse(printed, (name, value) => (OF_ITS_OWN.test(name) ? undefined : value)).data;
  }
  return shown;
}

test("[CLI-2] all that the demo sets up is set up by commands alone, from two empty folders", async (t) => {
  const [ours, demo] = [new Shell(t), new Shell(t)];
  await Promise.all([startDemo(demo), setUpVendor(ours).then((licenseKey) => setUpFloating(ours, licenseKey))]);
  for (const side of SIDES) {
    const [made, expected] = await Promise.all([lists(ours, side), lists(demo, side)]);
    assert.deepEqual(made, expected, side);
    const counts = Object.values(made).map((each) => (each as readonly unknown[]).length);
    assert.ok(counts.filter((count) => count > 0).length >= 5, `${side} lists what was made: ${counts}`);
  }
});
