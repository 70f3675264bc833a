import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type { Static, TObject, TSchema } from "typebox";
import Type from "typebox";
import { MINUTE_MS } from "../../domain/instant.ts";
import { ErrorBody } from "./error-body.ts";
import { keyFolder } from "./fold-keys.ts";
import { type ListenerOptions, sendOutcome } from "./listener.ts";
import { RequestRefusal } from "./request-refusal.ts";

/** Who may call a route. */
export interface Access {
  /** `public` asks nobody for anything. */
  readonly role: "public" | "user" | "admin";
  /** An admin route that without user accounts is open to this machine only. */
  readonly isLocal?: boolean;
}

/** One operation of a wire API: everything that its documentation, validation and handling need. */
export interface Route<Input extends TObject = TObject, Code extends string = string> {
  /** Unique in its API; names its schemas. */
  readonly name: string;
  readonly summary: string;
  readonly methods: readonly ("GET" | "POST")[];
  /** The section of the reference page it stands in. */
  readonly section: string;
  /** Every documented name of the operation. */
  readonly paths: readonly [string, ...string[]];
  /** Names that some clients use by accident; they answer and are not shown. */
  readonly aliases?: readonly string[];
  /** The body of a POST, the query of a GET. */
  readonly input?: Input;
  /** A POST takes the same fields from its query as well. */
  readonly takesQuery?: boolean;
  /** The body is not JSON: the handler reads it itself. */
  readonly isUpload?: boolean;
  /** What a 200 carries; a string schema is sent as a JSON string literal. */
  readonly reply: TSchema;
  readonly contentType?: string;
  /** The codes it answers with beside those of every route. */
  readonly refuses: readonly Code[];
  readonly access: Access;
  /** How many requests one address may send a minute. */
  readonly requestsPerMinute?: number;
  /** Whether it changes anything: then it answers no HEAD and no foreign web page. */
  readonly changes: boolean;
  /** @returns the reply's value, or a refusal */
  handle(input: Static<Input>, request: FastifyRequest, reply: FastifyReply): unknown;
}

/** Keeps the input's type for the handler, and forgets it outside. */
export function defineRoute<Input extends TObject, Code extends string>(
  route: Route<Input, Code>,
): Route<TObject, Code> {
  return route as unknown as Route<TObject, Code>;
}

declare module "fastify" {
  interface FastifyContextConfig {
    route?: Route;
  }
}

/** Puts a route with all its names and methods on a listener. */
export function addRoute(app: FastifyInstance, route: Route, errors: ListenerOptions["errors"]): void {
  const fold = keyFolder(Object.keys(route.input?.properties ?? {}));
  for (const url of [...route.paths, ...(route.aliases ?? [])]) {
    for (const method of route.methods) {
      const takesBody = method === "POST" && !route.isUpload;
      const takesQuery = method === "GET" || route.takesQuery === true;
      app.route({
        method: method as HTTPMethods,
        url,
        exposeHeadRoute: !route.changes,
        config: {
          route,
          ...(route.requestsPerMinute !== undefined && {
            rateLimit: { max: route.requestsPerMinute, timeWindow: MINUTE_MS },
          }),
        },
        schema: {
          ...describe(route, url, method, errors),
          ...(takesBody && route.input && { body: route.input }),
          ...(takesQuery && route.input && { querystring: route.input }),
        },
        preValidation: (request, _reply, done) => {
          try {
            if (takesBody && request.isMultipart?.())
              throw new RequestRefusal("unsupported_media_type", "send application/json");
            if (takesBody) request.body = fold(request.body ?? {});
            if (takesQuery) request.query = fold(request.query);
            done();
          } catch (error) {
            done(error as Error);
          }
        },
        handler: async (request, reply) => {
          const input = {
            ...(takesQuery ? (request.query as object) : {}),
            ...(takesBody ? (request.body as object) : {}),
          };
          const outcome = await route.handle(input as Static<TObject>, request, reply);
          return reply.sent ? reply : sendOutcome(reply, errors, outcome);
        },
      });
    }
  }
}

/** The route in OpenAPI. */
function describe(route: Route, url: string, method: string, errors: ListenerOptions["errors"]) {
  const byStatus = Map.groupBy(route.refuses, (code) => String(errors[code]?.status ?? 500));
  const refusals = [...byStatus].map(([status, codes]) => [
    status,
    { ...ErrorBody, $id: undefined, description: codes.join(", ") },
  ]);
  const nameOfPath = url === route.paths[0] ? "" : `_${route.paths.indexOf(url)}`;
  const nameOfMethod = route.methods.length > 1 ? `_${method.toLowerCase()}` : "";
  return {
    operationId: `${route.name}${nameOfPath}${nameOfMethod}`,
    tags: [route.section],
    summary: route.summary,
    hide: !route.paths.includes(url),
    response: {
      200: { description: "OK", ...Type.Unsafe({ ...route.reply, $id: undefined }) },
      ...Object.fromEntries(refusals),
    },
  };
}
