import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { ReplySigner } from "./reply-signer.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

function isSigned(text: string, signature: string): boolean {
  return verify("sha256", Buffer.from(text), publicKey, Buffer.from(signature, "base64"));
}

test("[SIGN-2] a signature is RSASSA-PKCS1-v1_5 with SHA-256 over the text, in base64", async () => {
  const signature = await new ReplySigner(privateKey).sign('{"id":1}');
  assert.match(signature, /^[A-Za-z0-9+/]{342}==$/);
  assert.ok(isSigned('{"id":1}', signature));
  assert.ok(!isSigned('{"id":2}', signature));
});

test("[SIGN-2] the text's UTF-8 bytes are what is signed", async () => {
  const signer = new ReplySigner(privateKey);
  const texts = fc.string({ unit: "binary" });
  await fc.assert(
    fc.asyncProperty(texts, async (text) => assert.ok(isSigned(text, await signer.sign(text)))),
    { numRuns: 30 },
  );
  assert.ok(isSigned('{"name":"Größe 席 🪑"}', await signer.sign('{"name":"Größe 席 🪑"}')));
  assert.ok(isSigned("", await signer.sign("")));
});

test("[SIGN-2] signing does not hold up the event loop", async () => {
  let isDone = false;
  const signing = new ReplySigner(privateKey).sign("text").then(() => {
    isDone = true;
  });
  // Work of the thread pool can only come back in a later turn of the event loop; this all happens in one.
  for (let i = 0; i < 100; i++) await undefined;
  assert.ok(!isDone);
  await signing;
});

test("[SIGN-2] an identical text gets the signature made before", async () => {
  const signer = new ReplySigner(privateKey);
  const first = await signer.sign("same");
  assert.equal(await signer.sign("same"), first);
  await signer.sign("other");
  assert.deepEqual(signer.stats, { signed: 2, reused: 1 });
});

test("[SIGN-2] identical texts that come while one is being signed share its signature", async () => {
  const signer = new ReplySigner(privateKey);
  const signatures = await Promise.all(["a", "a", "b", "a"].map((text) => signer.sign(text)));
  assert.deepEqual(signer.stats, { signed: 2, reused: 2 });
  assert.equal(new Set(signatures).size, 2);
  for (const [index, text] of ["a", "a", "b", "a"].entries()) assert.ok(isSigned(text, signatures[index] ?? ""));
});

test("[SIGN-2] beyond the number of entries, the text not used for longest is signed anew", async () => {
  const signer = new ReplySigner(privateKey, { maxEntries: 2 });
  await signInTurn(signer, "a", "b", "a", "c");
  assert.deepEqual(signer.stats, { signed: 3, reused: 1 });
  await signInTurn(signer, "a", "c");
  assert.deepEqual(signer.stats, { signed: 3, reused: 3 });
  await signInTurn(signer, "b");
  assert.deepEqual(signer.stats, { signed: 4, reused: 3 });
});

test("[SIGN-2] the kept texts have no more bytes than allowed, counted as UTF-8", async () => {
  const signer = new ReplySigner(privateKey, { maxBytes: 12 });
  await signInTurn(signer, "ääa", "ööo", "uu");
  assert.deepEqual(signer.stats, { signed: 3, reused: 0 });
  await signInTurn(signer, "ööo", "uu", "12345");
  assert.deepEqual(signer.stats, { signed: 4, reused: 2 });
  await signInTurn(signer, "uu", "12345", "ööo", "ääa");
  assert.deepEqual(signer.stats, { signed: 5, reused: 5 });
});

test("[SIGN-2] a text larger than all that may be kept is signed, and drives nothing out", async () => {
  const signer = new ReplySigner(privateKey, { maxBytes: 4 });
  await signInTurn(signer, "a", "12345", "12345", "a");
  assert.deepEqual(signer.stats, { signed: 3, reused: 1 });
});

test("[SIGN-2] with nothing to be kept, every text is signed", async () => {
  const signer = new ReplySigner(privateKey, { maxEntries: 0 });
  await signInTurn(signer, "a", "a");
  assert.deepEqual(signer.stats, { signed: 2, reused: 0 });
});

test("[SIGN-2] a failure reaches everyone who waited for it, and is not kept", async () => {
  const signer = new ReplySigner(makeTooShortKey());
  const attempts = await Promise.allSettled([signer.sign("a"), signer.sign("a")]);
  assert.deepEqual(
    attempts.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  await assert.rejects(signer.sign("a"));
  assert.deepEqual(signer.stats, { signed: 0, reused: 0 });
});

test("[SIGN-2] a key that would sign in another scheme is refused", () => {
  const { privateKey: ecKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { privateKey: pssKey } = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
  for (const key of [ecKey, pssKey, createPublicKey(privateKey)]) {
    assert.throws(() => new ReplySigner(key), /^Error: expected an RSA private key, found /);
  }
});

async function signInTurn(signer: ReplySigner, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) assert.ok(isSigned(text, await signer.sign(text)), text);
}

/** An RSA key of 256 bits, in which a signature with SHA-256 finds no room. */
function makeTooShortKey(): KeyObject {
  return createPrivateKey({
    format: "jwk",
    key: {
      kty: "RSA",
      n: "x3WsVcGr8qPeThmIkWzw1CK4cL3xrs3YZ9g5b9hFQSE",
      e: "AQAB",
      d: "LIOEfHcGitYrbL6iDeKENE4kKoFksxKYVdl9LRMxBYE",
      p: "_iv1wjwIC2g7dytX1RVsGQ",
      q: "yOT28p80TT941ewyrkKeSQ",
      dp: "-n-80Fd13jg2Ezbmc52PUQ",
      dq: "BtXzqTHNn8tHG1BcMR3HMQ",
      qi: "GTETBp-CdmYFlQDJuB-Duw",
    },
  });
}
