import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";

export interface Reference {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
}

/** Serves the API's OpenAPI document and a page to read it with; nothing in it comes from another host. */
export async function addReference(
  app: FastifyInstance,
  { path, title, description, version }: Reference,
): Promise<void> {
  await app.register(swagger, {
    openapi: { openapi: "3.1.0", info: { title, description, version } },
    refResolver: { buildLocalReference: ({ $id }, _uri, _fragment, index) => String($id ?? `schema-${index}`) },
  });
  await app.register(swaggerUi, {
    routePrefix: path,
    staticCSP: true,
    // A plain-HTTP network has no secure address to upgrade to.
    transformStaticCSP: (header) => header.replace(/\s*upgrade-insecure-requests;?/, ""),
    theme: { title, css: [{ filename: "seatkeeper.css", content: ".swagger-ui .topbar { display: none }" }] },
    uiConfig: { validatorUrl: null, deepLinking: true, docExpansion: "list" },
  });
}
