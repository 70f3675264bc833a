import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Side } from "../../management/operation.ts";

/** Where the pages are built to. */
const DIST = fileURLToPath(new URL("../../../web/dist/", import.meta.url));

/**
 * Serves the web UI: its files, and its one page under every address that is not the API's. The page may ask this server
 * only, and run nothing that is not a file of it. [UI-1]
 */
export async function addWebUi(app: FastifyInstance, side: Side): Promise<void> {
  const template = readTemplate();
  if (template !== undefined) {
    await app.register(fastifyStatic, {
      root: DIST,
      wildcard: false,
      index: false,
      globIgnore: ["**/*.{br,gz,html}"],
      preCompressed: true,
      cacheControl: false,
      // A file of the folder assets has a hash of its content in its name.
      setHeaders: (reply, path) => {
        reply.header("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
      },
      schemaHide: true,
    });
  }
  const sendPage = (reply: FastifyReply) => {
    reply.type("text/html; charset=utf-8");
    if (template === undefined) return reply.code(503).send(NOT_BUILT);
    const nonce = randomBytes(16).toString("base64");
    reply.header("content-security-policy", policyWith(nonce));
    return reply.send(template.replace("__CSP_NONCE__", nonce).replace("__SIDE__", side));
  };
  app.get("/*", { schema: { hide: true }, exposeHeadRoute: false }, (request, reply) =>
    /^\/(manage|assets)(\/|$)/.test(request.url) ? reply.callNotFound() : sendPage(reply),
  );
}

function readTemplate(): string | undefined {
  const file = `${DIST}index.html`;
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

const NOT_BUILT =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Seatkeeper</title>' +
  "<p>The web UI is not built in this checkout. Run <code>node scripts/setup.mjs</code> and start again." +
  " The API and the command line work without it.</p></html>";

/** @param nonce of the styles that the page's libraries add; it is another one each time */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
