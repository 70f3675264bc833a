import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { readRequestFile } from "../../src/license-file/read-request.ts";
import { makeVendor, REQUEST_KEYS, requestFlags } from "../support/license-files.ts";
import { makeLicense } from "../support/make-license.ts";
import { Seatkeeper } from "./run-seatkeeper.ts";

const seatkeeper = new Seatkeeper({ after }, { SEATKEEPER_FLOATING_SERVER_PORT: "0", SEATKEEPER_LOG_LEVEL: "silent" });
const vendor = makeVendor();
writeFileSync(join(seatkeeper.folder, "vendor.pem"), vendor.publicKey);
writeFileSync(join(seatkeeper.folder, "password.txt"), "pässword\n");
const server = await seatkeeper.start([
  "floating",
  "--vendor.public-key-file",
  "vendor.pem",
  ...requestFlags(seatkeeper.folder),
]);
const request = (...args: string[]) => seatkeeper.run(["license", "request", ...args, "--url", server.url]);

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  const file = readRequestFile(text);
  if ("problem" in file) assert.fail(file.problem);
  assert.ok(file.isSignedBy(REQUEST_KEYS.sharedKey));
  return file.fields;
}

test("[CLI-1] license request prints the request, which the vendor answers and license import takes", async () => {
  const { ended, stdout, stderr } = await request("--product", "cad", "--license-key", "KEY-1");
  assert.deepEqual([ended, stderr], [0, ""]);
  assert.match(stdout, /^[A-Za-z0-9+/]+={0,2}\n$/);
  const fields = fieldsOf(stdout);
  assert.deepEqual([fields["product"], fields["license_key"]], ["cad", "KEY-1"]);
  writeFileSync(join(seatkeeper.folder, "good.lic"), await vendor.answerRequest(stdout, makeLicense()));
  const imported = await seatkeeper.run(["license", "import", "good.lic", "--url", server.url]);
  assert.equal(imported.ended, 0, imported.stderr);
  const again = fieldsOf((await request()).stdout);
  assert.deepEqual([again["product"], again["license_key"], again["license_id"]], ["cad", "KEY-1", 1]);
});

test("[CLI-1] with --out it writes the file, for its owner only, and says what to do with it", async () => {
  const { ended, stdout, stderr } = await request(
    ...["--product", "cad", "--username", "ada", "--password-file", "password.txt", "--license-id", "17"],
    ...["--out", "cad.req"],
  );
  assert.deepEqual([ended, stderr], [0, ""]);
  assert.match(stdout, /^The request is in cad\.req\. Send it to the vendor.*\n$/);
  const file = join(seatkeeper.folder, "cad.req");
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const { username, password, license_id } = fieldsOf(readFileSync(file, "utf8"));
  assert.deepEqual([username, password, license_id], ["ada", "pässword", 17]);
});

test("[CLI-1] what the server refuses ends with 1 and its sentence", async () => {
  for (const [args, reason] of [
    [["--product", "other"], /license_key \(missing_parameters\)$/],
    [["--product", "cad", "--username", "ada"], /password \(missing_parameters\)$/],
    [["--product", "cad", "--license-key", "K", "--license-id", "x"], /license_id .* \(validation_error\)$/],
    [["--password-file", "missing.txt"], /^missing\.txt cannot be read/],
    [
      ["--product", "cad", "--license-key", "K", "--out", "no/such/folder.req"],
      /^no\/such\/folder\.req cannot be written/,
    ],
  ] as const) {
    const { ended, stdout, stderr } = await request(...args);
    assert.match(stderr.trim(), reason);
    assert.deepEqual([ended, stdout, stderr.trim().split("\n").length], [1, "", 1]);
  }
});

test("[CLI-1] a server without credentials says which settings are missing: 1; without an answer it is 4", async () => {
  const bare = await seatkeeper.start(["floating", "--data-dir", "bare"]);
  const refused = await seatkeeper.run(["license", "request", "--product", "cad", "--url", bare.url]);
  assert.equal(refused.ended, 1);
  assert.match(refused.stderr, /vendor\.api-key and vendor\.shared-key-file .*\(validation_error\)\n$/);
  const nobody = await seatkeeper.run(["license", "request", "--url", "http://127.0.0.1:1"]);
  assert.equal(nobody.ended, 4);
  const wrong = await seatkeeper.run(["license", "request", "--url", "not an address"]);
  assert.equal(wrong.ended, 2, wrong.stderr);
});
