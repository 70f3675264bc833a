/** Where a reply lies in the bytes that were received. */
export interface Reply {
  readonly status: number;
  /** Offsets of the body; `end` is the end of the reply. */
  readonly start: number;
  readonly end: number;
  /** Offset of the value of `LicenseSignature`; negative without one. */
  readonly signatureAt: number;
}

const CR = 13;
const LF = 10;
const ZERO = 48;
const LENGTH_HEADER = Buffer.from("content-length:");
const SIGNATURE_HEADER = Buffer.from("licensesignature:");

/**
 * Reads as much of an HTTP/1.1 reply as a load generator must know. Only replies with a Content-Length.
 *
 * @param length how many of the bytes have been received
 * @returns undefined while the reply is not complete
 */
export function readReply(bytes: Uint8Array, length: number): Reply | undefined {
  let bodyLength = -1;
  let signatureAt = -1;
  let line = 0;
  for (let at = 1; at < length; at += 1) {
    if (bytes[at] !== LF || bytes[at - 1] !== CR) continue;
    if (at - line === 1) {
      if (bodyLength < 0) throw new Error("the server sent a reply without content-length");
      const end = at + 1 + bodyLength;
      return end > length ? undefined : { status: readDigits(bytes, 9), start: at + 1, end, signatureAt };
    }
    if (isHeader(bytes, line, LENGTH_HEADER)) bodyLength = readDigits(bytes, line + LENGTH_HEADER.length + 1);
    else if (isHeader(bytes, line, SIGNATURE_HEADER)) signatureAt = line + SIGNATURE_HEADER.length + 1;
    line = at + 1;
  }
  return undefined;
}

function isHeader(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let place = 0; place < name.length; place += 1) {
    const byte = bytes[at + place] as number;
    // Header names come in any case; setting this bit makes letters small and leaves "-" and ":" alone.
    if ((byte | 0x20) !== name[place]) return false;
  }
  return true;
}

function readDigits(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let at = from; ; at += 1) {
    const digit = (bytes[at] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return value;
    value = value * 10 + digit;
  }
}
