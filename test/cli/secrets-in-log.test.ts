import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeVendor, REQUEST_KEYS, requestFlags } from "../support/license-files.ts";
import { makeLicense } from "../support/make-license.ts";
import { type Running, Seatkeeper } from "./run-seatkeeper.ts";

const KEY = "ABCD-EFGH-JKLM-NPQR";
const vendor = makeVendor();
const plain = makeLicense();
const license = { ...plain, details: { ...plain.details, key: KEY } };

/** Words that stand in secrets and nowhere else. */
const QUERY_WORD = "queryword";
const PASSWORD = "passw0rd-4711";
const BASIC = Buffer.from(`ada:${PASSWORD}`).toString("base64");
const SIGNATURE = "c2lnbmF0dXJlLTQ3MTE=";

async function startServer(seatkeeper: Seatkeeper, ...flags: string[]): Promise<Running> {
  writeFileSync(join(seatkeeper.folder, "vendor.pem"), vendor.publicKey);
  const args = [
    "--vendor.public-key-file",
    "vendor.pem",
    "--floating-server.port",
    "0",
    "--management.port",
    "0",
    "--log.level",
    "trace",
  ];
  args.push(...requestFlags(seatkeeper.folder));
  return seatkeeper.start(["floating", ...args, ...flags]);
}

/** Does all that a client may do with secrets in its hands. @returns the token it got */
async function useSecrets(server: Running): Promise<string> {
  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
  const logIn = await get(`/auth?${QUERY_WORD}`, { authorization: `Basic ${BASIC}` });
  const { token = "no-token-given" } = (await logIn.json()) as { token?: string };
  const withToken = { authorization: `Bearer ${token}` };
  await get("/auth", { authorization: `Basic ${BASIC}!` });

  const upload = async (content: string, headers: Record<string, string>) => {
    const form = new FormData();
    form.set("product", "cad");
    form.set("file", new Blob([content]), "license.lic");
    return fetch(`${server.url}/api/v4/license/upload`, { method: "POST", body: form, headers });
  };
  const generate = await server.post("/api/v4/license/generate", { product: "cad", license_key: KEY }, withToken);
  await server.post("/api/v4/license/generate", { product: "cad", username: "ada", password: PASSWORD }, withToken);
  await server.post("/api/v4/license/generate", { product: 7, license_key: KEY, password: PASSWORD }, withToken);
  const file = generate.ok
    ? await vendor.answerRequest(await generate.text(), license)
    : await vendor.answer(license, server.hardwareId);
  const json = Buffer.from(file, "base64").toString();
  for (const content of [
    file,
    json,
    json.slice(0, -10),
    json.replace("ABCD", "ABCX"),
    await vendor.answer(license, KEY),
  ]) {
    await upload(content, withToken);
  }

  const user = { product: "cad", feature: "render", user: "ada" };
  await server.post("/api/v4/register", user, withToken);
  await server.post("/api/v4/featureRegister", user, withToken);
  await server.post("/api/v4/register", { ...user, product: 7, user_info: KEY }, withToken);
  await server.post("/api/v4/register", KEY, withToken);
  await server.post("/api/v4/register", user, {
    authorization: `algorithm="hmac-sha256",headers="date",signature="${SIGNATURE}",apikey="${KEY}"`,
  });
  for (const path of [
    "/api/v4/featureRelease/all",
    "/api/v4/unregister/all",
    "/api/v4/licenses",
    "/nothing",
    "/%zz",
    "/api/v5/ping",
    "/api/v4/docs/static/nothing",
  ]) {
    await get(`${path}?product=${QUERY_WORD}&token=${token}`, withToken);
  }
  for (const path of ["/api/v4/addProduct", "/api/v4/setKeys"]) {
    await get(`${path}?product=cad&licenseKey=${KEY}&apiKey=${QUERY_WORD}&sharedKey=${QUERY_WORD}`);
    await server.post(path, { product: "cad", licenseKey: KEY, sharedKey: QUERY_WORD });
  }
  await fetch(`${server.url}/api/v4/license?product=${QUERY_WORD}`, { method: "DELETE", headers: withToken });
  await get(`/health?${QUERY_WORD}`, { ...withToken, padding: "x".repeat(17_000) });
  return token;
}

function assertNoSecrets(log: string, secrets: readonly string[]): void {
  const lines = log.trimEnd().split("\n");
  for (const line of lines) {
    assert.doesNotThrow(() => JSON.parse(line), line);
    for (const secret of secrets) assert.ok(!line.includes(secret), `${secret} is in the log: ${line}`);
  }
}

for (const flags of [[], ["--auth.required"]]) {
  test(`[AUTH-5] no license key, token, password or query string is in the log, at its most talkative: ${flags.join(" ") || "no login"}`, async (t) => {
    const server = await startServer(new Seatkeeper(t), ...flags);
    const token = await useSecrets(server);
    const { stderr, stdout, ended } = await server.end();
    assert.equal(ended, 0);
    assert.match(stderr, /floating server listens/);
    assert.equal(
      stderr.includes('"license file read"'),
      flags.length === 0,
      "the import is in the log, where it is allowed",
    );
    const secrets = [KEY, token, PASSWORD, BASIC, SIGNATURE, QUERY_WORD, REQUEST_KEYS.sharedKey];
    assertNoSecrets(stderr, secrets);
    for (const secret of secrets) assert.ok(!stdout.includes(secret));
  });
}
