/** The largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 1_048_576;

/** Which check a file failed before its content was looked at. */
export interface DecodeProblem {
  readonly check: "size" | "base64" | "json";
  readonly problem: string;
}

/** The JSON text that a file holds: base64 of it, or the JSON itself, which is what the vendor's API hands out. */
export function decodeFile(text: string): string | DecodeProblem {
  if (Buffer.byteLength(text) > MAX_FILE_BYTES) return fail("size", `larger than ${MAX_FILE_BYTES} bytes`);
  const trimmed = text.trim();
  if (trimmed === "") return fail("base64", "the file is empty");
  // Half a surrogate pair would be hashed as if it were U+FFFD, and a change of it pass unnoticed.
  if (trimmed.startsWith("{")) return trimmed.isWellFormed() ? trimmed : fail("json", "the file is not Unicode text");
  const compact = trimmed.replace(/\s+/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) {
    return fail("base64", "the file is not base64, or was cut off");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(compact, "base64"));
  } catch {
    return fail("json", "the file does not hold UTF-8 text");
  }
}

function fail(check: DecodeProblem["check"], problem: string): DecodeProblem {
  return { check, problem };
}
