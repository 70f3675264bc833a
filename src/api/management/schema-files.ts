import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Generated into the repository: what is served is what the tests have seen. */
const SCHEMAS = fileURLToPath(new URL("../../../schemas/", import.meta.url));

/**
 * `GET /manage/schemas/…`: the JSON Schema of every request and reply, OpenAPI documents and TypeScript types, as they are
 * in `schemas/`. They tell nothing of this server, and need no credentials. [MANAGE-10]
 */
export async function addSchemaFiles(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: SCHEMAS,
    prefix: "/manage/schemas/",
    decorateReply: false,
    index: false,
    cacheControl: false,
    schemaHide: true,
    setHeaders: (reply, path) => {
      // The ending .ts is a video's, too.
      if (path.endsWith(".ts")) reply.header("content-type", "text/plain; charset=utf-8");
    },
  });
}
