import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { ISSUED_AT, makeVendor, requestFlags, requestLicense } from "../support/license-files.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { Seatkeeper } from "./run-seatkeeper.ts";

const seatkeeper = new Seatkeeper({ after }, { SEATKEEPER_FLOATING_SERVER_PORT: "0", SEATKEEPER_LOG_LEVEL: "silent" });
const vendor = makeVendor();
const license = makeLicense({
  id: 1_734_000_000_000_101,
  features: [makeFeature(), makeFeature({ id: 12, code: "fixed", floats: { onPremise: false, cloud: false } })],
});

function write(name: string, content: string): string {
  const file = join(seatkeeper.folder, name);
  writeFileSync(file, content);
  return file;
}

write("vendor.pem", vendor.publicKey);
const server = await seatkeeper.start([
  "floating",
  "--vendor.public-key-file",
  "vendor.pem",
  ...requestFlags(seatkeeper.folder),
]);
const good = write("good.lic", await vendor.answerRequest(await requestLicense(server.url, license), license));
const bad = write("bad.lic", await vendor.answer(license, "sk-other"));
const importInto = (url: string, ...args: string[]) => seatkeeper.run(["license", "import", ...args, "--url", url]);

const SHOWN = "license 1734000000000101 of product cad: render (2 seats), fixed";

const newest = write("newest.lic", await vendor.refresh(license, server.hardwareId, ISSUED_AT + 2));

/** A newer file that answers nothing this server has asked for. */
async function unasked(): Promise<string> {
  return write("unasked.lic", await vendor.answer(license, server.hardwareId, ISSUED_AT + 9));
}

const refused: readonly (readonly [args: string[], reason: RegExp])[] = [
  [[await unasked()], /no request .* \(offline_request_unknown\)$/],
  [[bad], /for another machine: .*sk-other.* \(hardware_id_mismatch\)$/],
  [[good, "--product", "other"], /product: .* \(license_file_invalid\)$/],
  [[write("nonsense.lic", "?")], /base64: .* \(license_file_invalid\)$/],
  [[write("old.lic", await vendor.answer(license, server.hardwareId, 0))], /older .* \(license_file_outdated\)$/],
  [[write("large.lic", " ".repeat(1_048_577))], /\(payload_too_large\)$/],
  [["missing.lic"], /^missing\.lic cannot be read/],
  [[seatkeeper.folder], /cannot be read/],
];

test("[CLI-1] license import takes a file over, says what it did and what is in it, and ends with 0", async () => {
  const newer = write("newer.lic", await vendor.refresh({ ...license, capacity: 7 }, server.hardwareId, ISSUED_AT + 1));
  for (const [file, sentence, ...args] of [
    [good, "Imported"],
    [good, "The same file was imported before; nothing changed:", "--product", "cad"],
    [newer, "Updated"],
    [newer, "The same file was imported before; nothing changed:"],
  ] as const) {
    const { ended, stdout, stderr } = await importInto(server.url, file, ...args);
    assert.deepEqual([ended, stdout, stderr], [0, `${sentence} ${SHOWN}\n`, ""]);
  }
  const { status } = await server.post("/api/v4/featureRegister", { product: "cad", feature: "render", user: "ada" });
  assert.equal(status, 200);
});

test("[CLI-1] the address may come from SEATKEEPER_URL, and the flag wins", async () => {
  const byVariable = await seatkeeper.run(["license", "import", newest], { SEATKEEPER_URL: server.url });
  assert.equal(byVariable.ended, 0, byVariable.stderr);
  const byFlag = await seatkeeper.run(["license", "import", newest, "--url", server.url], {
    SEATKEEPER_URL: "http://127.0.0.1:1",
  });
  assert.equal(byFlag.ended, 0, byFlag.stderr);
});

test("[CLI-1] a refused file ends with 1, and the reason is told in one line", async () => {
  await Promise.all(
    refused.map(async ([args, reason]) => {
      const { ended, stdout, stderr } = await importInto(server.url, ...args);
      assert.match(stderr.trim(), reason);
      assert.deepEqual([ended, stdout], [1, ""]);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
    }),
  );
});

test("[CLI-1] where no server answers, it ends with 4", async () => {
  const { ended, stdout, stderr } = await importInto("http://127.0.0.1:1", good);
  assert.deepEqual([ended, stdout], [4, ""]);
  assert.match(
    stderr,
    /^no floating server answers at http:\/\/127\.0\.0\.1:1: start one, or name its address with --url\n$/,
  );
});

test("[CLI-1] an address that is none is used wrongly: 2", async () => {
  const { ended, stderr } = await importInto("not an address", good);
  assert.equal(ended, 2, stderr);
});

/** A server that gives every request the same answer: a proxy, or something else altogether. */
async function otherServer(t: { after(cleanUp: () => void): void }, status: number, body: string): Promise<string> {
  const other = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(status).end(body));
  });
  t.after(() => other.close());
  const { promise, resolve } = Promise.withResolvers<void>();
  other.listen(0, "127.0.0.1", resolve);
  await promise;
  return `http://127.0.0.1:${(other.address() as { port: number }).port}`;
}

test("[CLI-1] a denied import ends with 3", async (t) => {
  const denial = JSON.stringify({ status: 403, code: "forbidden", message: "Forbidden: from elsewhere" });
  const { ended, stdout, stderr } = await importInto(await otherServer(t, 403, denial), good);
  assert.deepEqual([ended, stdout, stderr], [3, "", "Forbidden: from elsewhere (forbidden)\n"]);
});

test("[CLI-1] an import that needs a login is not allowed: 3", async () => {
  const closed = await seatkeeper.start(["floating", "--auth.required", "--data-dir", "closed"]);
  const { ended, stderr } = await importInto(closed.url, good);
  assert.equal(stderr, "Unauthorized: Please log in (unauthorized)\n");
  assert.equal(ended, 3);
});

test("[CLI-1] an answer of something that is no floating server ends with a sentence, not with a stack", async (t) => {
  const answers = [
    [502, "<html>Bad gateway</html>"],
    [200, "hello"],
    [200, "{}"],
    [404, "{}"],
    [500, '"text"'],
    [404, '{"status":404,"code":"not_found","message":"There is nothing at this path"}'],
  ] as const;
  await Promise.all(
    answers.map(async ([status, body]) => {
      const { ended, stdout, stderr } = await importInto(await otherServer(t, status, body), good);
      assert.ok(ended === 1 || ended === 4, String(ended));
      assert.equal(stdout, "");
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
      assert.match(stderr, /what answers at .* is not a floating server/);
    }),
  );
});
