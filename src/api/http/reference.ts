import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";

export interface Reference {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** OpenAPI security schemes, any of which opens every route that is not public. */
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
}

type SecurityScheme =
  | { readonly type: "apiKey"; readonly in: "header" | "cookie"; readonly name: string; readonly description: string }
  | { readonly type: "http"; readonly scheme: "bearer"; readonly description: string };

/** Serves the API's OpenAPI document and a page to read it with; nothing in it comes from another host. */
export async function addReference(
  app: FastifyInstance,
  { path, title, description, version, securitySchemes = {} }: Reference,
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title, description, version },
      components: { securitySchemes },
      security: Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
    },
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

/** A page that leads to the reference page, for who looks for it elsewhere: a 200, and no redirection to follow. */
export function addWayToReference(app: FastifyInstance, from: string, { path, title }: Reference): void {
  const page = [
    '<!doctype html><html lang="en"><meta charset="utf-8">',
    `<meta http-equiv="refresh" content="0; url=${path}"><title>${title}</title>`,
    `<p><a href="${path}">Reference of the ${title}</a></p></html>`,
  ].join("\n");
  app.get(from, { schema: { hide: true } }, (_request, reply) => reply.type("text/html; charset=utf-8").send(page));
}
