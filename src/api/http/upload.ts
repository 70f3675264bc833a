import { isUtf8 } from "node:buffer";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { BODY_LIMIT } from "./listener.ts";
import { RequestRefusal } from "./request-refusal.ts";

export interface Upload {
  /** The content of the first file part, or of the body. */
  readonly text: string;
  /** The field `product` of the form. */
  readonly product: string | undefined;
}

/** Lets a scope of routes read forms. In a scope of its own: it costs every request of the scope it is in. */
export async function readForms(uploads: FastifyInstance): Promise<void> {
  await uploads.register(multipart, { limits: { fileSize: BODY_LIMIT, files: 4, fields: 16, parts: 20 } });
  refuseOthers(uploads, "send multipart/form-data");
}

/** Lets a scope of routes take a file as the body itself, too: as `text/plain`, or as JSON. */
export function readPlainFiles(uploads: FastifyInstance): void {
  uploads.removeContentTypeParser("application/json");
  uploads.addContentTypeParser(["text/plain", "application/json"], { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  refuseOthers(uploads, "send text/plain, or multipart/form-data");
}

/** Any other content is refused, and told what is taken. */
function refuseOthers(uploads: FastifyInstance, advice: string): void {
  uploads.removeContentTypeParser("*");
  uploads.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
    done(body.length === 0 ? null : new RequestRefusal("unsupported_media_type", advice), undefined),
  );
}

/** The file of an upload: the first file part of a form, whatever its name. @throws RequestRefusal */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  let text: string | undefined;
  let product: string | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === "file") {
        const bytes = await part.toBuffer();
        text ??= bytes.toString();
      } else if (part.fieldname.toLowerCase() === "product" && typeof part.value === "string" && part.value !== "") {
        product = part.value;
      }
    }
  } catch (error) {
    // The parser's own errors have no code: such a form is broken.
    if (error instanceof RequestRefusal || (error instanceof Error && "code" in error)) throw error;
    throw new RequestRefusal("bad_request", error instanceof Error ? error.message : "the form is broken");
  }
  if (text === undefined) throw new RequestRefusal("missing_parameters", "file");
  return { text, product };
}

/** A file that may be the body itself instead of a part of a form. @throws RequestRefusal */
export async function readFileBody(request: FastifyRequest): Promise<string> {
  const { body } = request;
  if (!Buffer.isBuffer(body)) return (await readUpload(request)).text;
  if (!isUtf8(body)) throw new RequestRefusal("validation_error", "json: the file is not UTF-8 text");
  const text = body.toString();
  return text.trimStart().startsWith('"') ? unquote(text) : text;
}

/** Some clients send the base64 as a JSON string literal. */
function unquote(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
