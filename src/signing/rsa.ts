import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto";

/** The algorithm of every signature by the vendor: RSASSA-PKCS1-v1_5 with SHA-256. */
const DIGEST = "sha256";

/** @param bits 2048, 3072 or 4096 @returns PEM texts */
export function makeKeyPair(bits = 2048): { privateKey: string; publicKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength: bits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

export function readPrivateKey(pem: string): KeyObject {
  return createPrivateKey(pem);
}

/** Reads all public keys of a PEM text, which may hold several during a rotation. @throws when one is not RSA */
export function readPublicKeys(pem: string): KeyObject[] {
  const blocks = pem.match(/-----BEGIN ([A-Z ]*PUBLIC KEY)-----[\s\S]*?-----END \1-----/g) ?? [];
  return blocks.map((block) => {
    const key = createPublicKey(block);
    if (key.asymmetricKeyType !== "rsa") throw new Error(`expected an RSA public key, found ${key.asymmetricKeyType}`);
    return key;
  });
}

/** Whether any of the trusted keys made this signature over the text. */
export function isTextSignedBy(publicKeys: readonly KeyObject[], text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, "base64");
  return publicKeys.some((key) => verify(DIGEST, Buffer.from(text), key, bytes));
}
