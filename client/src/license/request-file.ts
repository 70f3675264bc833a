import { createHmac } from "node:crypto";

/** A request to the vendor that travels as a file. */
export interface RequestFile {
  /** Good once. The answer has it too; keep it to compare. */
  readonly requestId: string;
  /** The file's text. There is a license key in it. */
  readonly file: string;
}

/** Base64 of the request and of the signature over its very text. */
export function writeRequestFile(fields: object, requestId: string, secret: string): string {
  const text = JSON.stringify({ ...fields, request_id: requestId, schema_version: 2, date: new Date() });
  const signature = createHmac("sha256", secret).update(text).digest("base64");
  // Put together by hand, so that what is sent is what was signed.
  return Buffer.from(`{"request":${text},"signature":"${signature}"}`).toString("base64");
}
