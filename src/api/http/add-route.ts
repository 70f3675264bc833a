import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Static, TObject } from "typebox";
import { MINUTE_MS } from "../../domain/instant.ts";
import { describeRoute } from "./describe-route.ts";
import { keyFolder } from "./fold-keys.ts";
import { type ListenerOptions, sendOutcome } from "./listener.ts";
import { orRefuse } from "./or-refuse.ts";
import { RequestRefusal } from "./request-refusal.ts";
import type { Route } from "./route.ts";

/** What a route needs from the API it belongs to. */
export interface RouteSurroundings {
  readonly errors: ListenerOptions["errors"];
  /** Called before anything of a request is read. @throws RequestRefusal */
  admit(request: FastifyRequest, route: Route): void | Promise<void>;
  /** Called with what was read and found valid. @throws RequestRefusal */
  admitInput?(input: Readonly<Record<string, unknown>>, request: FastifyRequest): void;
  /** Sends what a handler has answered, where that is more than JSON. */
  send?(reply: FastifyReply, outcome: unknown): FastifyReply | Promise<FastifyReply>;
}

/** Puts a route with all its names and methods on a listener. */
export function addRoute(
  app: FastifyInstance,
  route: Route,
  { errors, admit, admitInput, send }: RouteSurroundings,
): void {
  const fold = keyFolder(Object.keys(route.input?.properties ?? {}));
  for (const url of [...route.paths, ...(route.aliases ?? [])]) {
    for (const method of route.methods) {
      const takesBody = method === "POST" && !route.isUpload;
      const takesQuery = method === "GET" || route.takesQuery === true;
      app.route({
        method,
        url,
        exposeHeadRoute: !route.changes,
        config:
          route.requestsPerMinute === undefined
            ? {}
            : { rateLimit: { max: route.requestsPerMinute, timeWindow: MINUTE_MS } },
        schema: {
          ...describeRoute(route, url, method, errors),
          ...(takesBody && route.input && { body: route.input }),
          ...(takesQuery && route.input && { querystring: route.input }),
        },
        onRequest: orRefuse((request) => admit(request, route)),
        preValidation: orRefuse((request) => {
          if (takesBody) request.body = fold(request.body === undefined ? {} : request.body);
          if (takesQuery) request.query = fold(request.query);
        }),
        handler: async (request, reply) => {
          const input = takesQuery && takesBody ? joinInputs(request) : takesBody ? request.body : request.query;
          admitInput?.((input ?? {}) as Record<string, unknown>, request);
          const outcome = await route.handle(input as Static<TObject>, request, reply);
          if (reply.sent) return reply;
          return send === undefined ? sendOutcome(reply, errors, outcome) : send(reply, outcome);
        },
      });
    }
  }
}

/** @throws RequestRefusal when query and body say different things */
function joinInputs(request: FastifyRequest): object {
  const query = request.query as Record<string, unknown>;
  const body = request.body as Record<string, unknown>;
  const differing = Object.keys(query).find((name) => name in body && String(body[name]) !== String(query[name]));
  if (differing !== undefined) {
    throw new RequestRefusal("validation_error", `${differing} differs between the query and the body`);
  }
  return { ...query, ...body };
}
