import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { useTempFolder } from "../../test/support/temp-folder.ts";
import { Fault } from "../fault.ts";
import { SecretBox } from "./secret-box.ts";

/** Base64 of 32 bytes, 0 to 31. */
const KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/** Run by several threads: they wait for each other before each file. */
const OPEN_AT_ONCE = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { files, arrivals, makers, module } = workerData;
  import(module).then(({ SecretBox }) => {
    const keys = files.map((file, index) => {
      Atomics.add(arrivals, index, 1);
      while (Atomics.load(arrivals, index) < makers);
      return SecretBox.open(file).derive("test").toString("hex");
    });
    parentPort.postMessage(keys);
  });`;

function makeBox(test: TestContext, content = KEY): SecretBox {
  const file = join(useTempFolder(test), "secret.key");
  writeFileSync(file, content);
  return SecretBox.open(file);
}

function isFault(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Fault && error.code === code;
}

test("[SEC-1] a key file that is not there is made, readable by its owner only, and found again", (t) => {
  const folder = useTempFolder(t);
  const file = join(folder, "secret.key");
  const sealed = SecretBox.open(file).seal("a secret");
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const content = readFileSync(file, "utf8");
  assert.match(content, /^[A-Za-z0-9+/]{43}=\n$/);
  assert.equal(SecretBox.open(file).open(sealed), "a secret");
  assert.equal(readFileSync(file, "utf8"), content);
  assert.deepEqual(readdirSync(folder), ["secret.key"], "nothing else is left behind");
});

test("[SEC-1] every key file made is another", (t) => {
  const folder = useTempFolder(t);
  const sealed = SecretBox.open(join(folder, "a.key")).seal("a secret");
  assert.throws(() => SecretBox.open(join(folder, "b.key")).open(sealed), isFault("internal_error"));
});

test("[SEC-1] all that make the key file at once get the same key", async (t) => {
  const folder = useTempFolder(t);
  const files = Array.from({ length: 20 }, (_, index) => join(folder, `${index}.key`));
  const arrivals = new Int32Array(new SharedArrayBuffer(4 * files.length));
  const makers = Array.from({ length: 4 }, () => {
    const workerData = { files, arrivals, makers: 4, module: new URL("secret-box.ts", import.meta.url).href };
    const worker = new Worker(OPEN_AT_ONCE, { eval: true, workerData });
    t.after(() => worker.terminate());
    return once(worker, "message");
  });
  const made = (await Promise.all(makers)).map(([keys]) => keys);
  const found = files.map((file) => SecretBox.open(file).derive("test").toString("hex"));
  for (const keys of made) assert.deepEqual(keys, found);
  assert.equal(readdirSync(folder).length, files.length, "nothing else is left behind");
});

for (const content of [KEY, `${KEY}\n`, `${KEY}\r\n`]) {
  test(`[SEC-1] a key file of ${JSON.stringify(content)} is usable`, (t) => {
    const sealed = makeBox(t).seal("a secret");
    assert.equal(makeBox(t, content).open(sealed), "a secret");
  });
}

const unusable = [
  "",
  "\n",
  KEY.slice(0, -1),
  `${KEY}\n\n`,
  `${KEY}\n${KEY}\n`,
  ` ${KEY}`,
  `${KEY.slice(0, 20)}\n${KEY.slice(20)}\n`,
  Buffer.alloc(31).toString("base64"),
  Buffer.alloc(33).toString("base64"),
  Buffer.alloc(32, 0xff).toString("base64url"),
  Buffer.alloc(32).toString("hex"),
  `${KEY.slice(0, 42)}9=`,
];

for (const content of unusable) {
  test(`[SEC-1] a key file of ${JSON.stringify(content)} is refused, and left as it is`, (t) => {
    const file = join(useTempFolder(t), "secret.key");
    writeFileSync(file, content);
    assert.throws(() => SecretBox.open(file), {
      name: "Fault",
      code: "config_invalid",
      message: `the key file ${file} must hold one line: base64 of 32 bytes`,
    });
    assert.equal(readFileSync(file, "utf8"), content);
  });
}

test("[SEC-1] a key file that can be neither read nor made is a fault of the settings", (t) => {
  const folder = useTempFolder(t);
  for (const file of [folder, join(folder, "none", "secret.key")]) {
    assert.throws(() => SecretBox.open(file), isFault("config_invalid"), file);
  }
  const readOnly = join(folder, "read-only");
  mkdirSync(readOnly);
  chmodSync(readOnly, 0o500);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) assert.throws(() => SecretBox.open(join(readOnly, "secret.key")), isFault("config_invalid"));
  assert.deepEqual(readdirSync(folder), ["read-only"]);
});

test("[SEC-1] what is sealed opens again, and only with its context", (t) => {
  const box = makeBox(t);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, context) => {
      const sealed = box.seal(text, context);
      assert.match(sealed, /^v1\.[A-Za-z0-9_-]+$/);
      assert.equal(box.open(sealed, context), text);
      assert.throws(() => box.open(sealed, `${context}!`), isFault("internal_error"));
    }),
  );
});

test("[SEC-1] a text is sealed in another way each time, and is not in the result", (t) => {
  const box = makeBox(t);
  const sealed = Array.from({ length: 50 }, () => box.seal("a secret of some length"));
  assert.equal(new Set(sealed).size, sealed.length);
  assert.equal(new Set(sealed.map((text) => text.slice(0, 19))).size, sealed.length, "the nonces differ");
  for (const text of sealed) assert.ok(!Buffer.from(text.slice(3), "base64url").includes("secret"));
});

test("[SEC-1] a sealed secret that was changed anywhere does not open", (t) => {
  const box = makeBox(t);
  const sealed = box.seal("secret");
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
    assert.throws(() => box.open(changed), isFault("internal_error"), changed);
    assert.throws(() => box.open(sealed.slice(0, at)), isFault("internal_error"), `cut at ${at}`);
  }
  for (const changed of [`${sealed}A`, `${sealed}=`, `${sealed}\n`, ` ${sealed}`, sealed.replace("v1.", "v2.")]) {
    assert.throws(() => box.open(changed), isFault("internal_error"), changed);
  }
});

test("[SEC-1] a fault tells neither the secret nor the key", (t) => {
  const box = makeBox(t);
  const sealed = box.seal("my secret");
  assert.throws(
    () => box.open(`${sealed.slice(0, -1)}!`),
    (error) => error instanceof Fault && !error.message.includes(sealed.slice(3, 20)) && !error.message.includes(KEY),
  );
});

test("[SEC-1] a derived key depends on the key and the purpose, by HKDF-SHA256", (t) => {
  const box = makeBox(t);
  const key = box.derive("tokens");
  assert.equal(key.length, 32);
  assert.deepEqual(makeBox(t).derive("tokens"), key);
  assert.notDeepEqual(box.derive("cookies"), key);
  assert.notDeepEqual(makeBox(t, Buffer.alloc(32).toString("base64")).derive("tokens"), key);
  const expected = hkdfSync("sha256", Buffer.from(KEY, "base64"), "", "seatkeeper derive tokens", 32);
  assert.deepEqual(key, Buffer.from(expected));
});
