import assert from "node:assert/strict";
import { argon2Sync } from "node:crypto";
import { test } from "node:test";
import { hashPassword, verifyPassword } from "./password.ts";

test("[SEC-2] a password is hashed with Argon2id, in PHC form", async () => {
  const hash = await hashPassword("correct horse");
  const match = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(hash);
  assert.ok(match, hash);
  const [, salt = "", tag = ""] = match;
  const expected = argon2Sync("argon2id", {
    message: "correct horse",
    nonce: Buffer.from(salt, "base64"),
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  });
  assert.deepEqual(Buffer.from(tag, "base64"), expected);
});

test("[SEC-2] a password matches its own hash only", async () => {
  const hash = await hashPassword("pässwort 席");
  assert.equal(await verifyPassword(hash, "pässwort 席"), true);
  for (const other of ["", "pässwort", "Pässwort 席", "pässwort 席 ", "passwort 席", hash]) {
    assert.equal(await verifyPassword(hash, other), false, other);
  }
});

test("[SEC-2] the same password never has the same hash twice", async () => {
  assert.notEqual(await hashPassword("same"), await hashPassword("same"));
});

test("[SEC-2] an accented letter is the same whether typed as one character or two", async () => {
  assert.equal(await verifyPassword(await hashPassword("caf\u00e9"), "cafe\u0301"), true);
});

test("[SEC-2] an empty password is hashed like any other", async () => {
  const hash = await hashPassword("");
  assert.equal(await verifyPassword(hash, ""), true);
  assert.equal(await verifyPassword(hash, " "), false);
});

/** From the tests of Argon2's reference implementation. */
const known: readonly (readonly [hash: string, password: string])[] = [
  ["$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password"],
  ["$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password"],
  ["$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg", "password"],
];

for (const [hash, password] of known) {
  test(`[SEC-2] a hash made elsewhere, with other costs, is verified: ${hash.slice(15, 30)}`, async () => {
    assert.equal(await verifyPassword(hash, password), true);
    assert.equal(await verifyPassword(hash, `${password}!`), false);
  });
}

test("[SEC-2] nobody's password is false, whatever it is", async () => {
  for (const password of ["", "password"]) assert.equal(await verifyPassword(undefined, password), false);
});

test("[SEC-2] finding no user takes about as long as a wrong password", async () => {
  const hash = await hashPassword("password");
  const [someone, nobody] = [await shortestMs(hash), await shortestMs(undefined)];
  assert.ok(nobody > someone / 3 && someone > nobody / 3, `${someone} ms with a user, ${nobody} ms without`);
});

const unreadable = [
  "",
  "password",
  "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
  "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
  "$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
  "$argon2id$v=19$m=19456,t=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$",
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ",
];

for (const hash of unreadable) {
  test(`[SEC-2] ${JSON.stringify(hash)} as a stored hash is a fault, not a wrong password`, async () => {
    await assert.rejects(verifyPassword(hash, "password"), { name: "Fault", code: "internal_error" });
  });
}

/** Of several tries, so that a busy machine matters little. */
async function shortestMs(hash: string | undefined): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    await verifyPassword(hash, "wrong");
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}
