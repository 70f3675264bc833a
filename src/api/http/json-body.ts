import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
import { RequestRefusal } from "./request-refusal.ts";

/** Replaces Fastify's body parsers: JSON only, an empty body counts as `{}`, whatever its content type. [WIRE-1] */
export function parseJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, {});
    const encoding = request.headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      return done(new RequestRefusal("unsupported_media_type", `content-encoding ${encoding}`));
    }
    if (!isUtf8(body)) return done(new RequestRefusal("invalid_json", "the body is not UTF-8"));
    try {
      done(null, JSON.parse(body.toString()));
    } catch (error) {
      done(new RequestRefusal("invalid_json", (error as Error).message.split("\n")[0]));
    }
  });
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body: Buffer, done) => {
    if (body.length === 0) done(null, {});
    else done(new RequestRefusal("unsupported_media_type", "send application/json"));
  });
}
