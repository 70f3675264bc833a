import { hash, randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { isRefused } from "../../domain/outcome.ts";
import { BASE, type Operation } from "../../management/operation.ts";
import { type Asking, onBehalfOf } from "../../use-cases/on-behalf-of.ts";
import { Readiness } from "../../use-cases/readiness.ts";
import { addRoute } from "../http/add-route.ts";
import { idempotencyKey } from "../http/idempotency-key.ts";
import { createListener, sendOutcome } from "../http/listener.ts";
import { probeRoutes } from "../http/probes.ts";
import { addReference } from "../http/reference.ts";
import { RequestRefusal } from "../http/request-refusal.ts";
import { everyProblem } from "../http/validation.ts";
import { WebGuard } from "../http/web-guard.ts";
import { admitCaller } from "./access/authorize.ts";
import { type Caller, NOBODY } from "./access/caller.ts";
import { type Bound, type Call, etagOf, Tagged } from "./bind.ts";
import type { ManagementContext } from "./context.ts";
import { describeOperation } from "./describe-operation.ts";
import { managementErrors } from "./errors.ts";
import { addErrorsPage } from "./errors-page.ts";
import { problemOf } from "./problem.ts";
import { addSchemaFiles } from "./schema-files.ts";
import { addWebUi } from "./web-ui.ts";

const shape = { contentType: "application/problem+json", body: problemOf };

/** No page may frame this API, guess at the type of its replies, or learn its addresses. */
const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "content-security-policy": "frame-ancestors 'none'",
};

/** Builds the management API of one side, ready to listen. */
export async function buildManagementApi(
  context: ManagementContext,
  bound: readonly Bound[],
): Promise<FastifyInstance> {
  const { side, store, clock, config, log, version } = context;
  const app = createListener({ errors: managementErrors, log, shape, makeRequestId: randomUUID });
  const publicUrl = config["management.public-url"];
  const hosts = [config["management.host"], ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  const guard = new WebGuard(hosts, "management.public-url", publicUrl);
  const callers = new WeakMap<FastifyRequest, Caller>();
  const door = { side, store, now: () => clock.wall() };
  app.setSchemaErrorFormatter((errors) => everyProblem(errors as never));
  await app.register(cookie);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id).header("cache-control", "no-store").headers(SECURITY_HEADERS);
    // The time by which seats end here: pages tell by it how long one lasts.
    reply.header("date", new Date(clock.wall()).toUTCString());
    guard.checkHost(request.raw);
    if (!["GET", "HEAD"].includes(request.method)) guard.checkOrigin(request.headers);
  });
  await addReference(app, {
    path: "/manage/docs",
    title: `Seatkeeper management API (${side})`,
    description: `Everything a ${side} server is run by.`,
    version,
    securitySchemes: {
      token: { type: "http", scheme: "bearer", description: "an API token, see `seatkeeper token create`" },
      session: {
        type: "apiKey",
        in: "cookie",
        name: `seatkeeper_${side}`,
        description: "a session, see `POST /session`",
      },
    },
  });
  addErrorsPage(app);
  await addSchemaFiles(app);
  await addWebUi(app, side);
  const readiness = new Readiness(store);
  for (const route of probeRoutes(version, () => readiness.check())) {
    addRoute(app, route, { errors: managementErrors, admit: () => {} });
  }
  for (const each of bound) {
    const { operation } = each;
    const { method, path } = operation;
    app.route({
      method,
      url: `${BASE}${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
      exposeHeadRoute: false,
      schema: describeOperation(operation, managementErrors),
      onRequest: async (request) => {
        callers.set(request, await admitCaller(door, operation, request));
      },
      preValidation: async (request) => {
        request.params = numbersIn(operation, request.params as Record<string, string>);
        if (operation.body !== undefined && request.body === undefined) request.body = {};
      },
      handler: async (request, reply) => {
        const caller = callers.get(request) ?? NOBODY;
        const asking = askingOf(each, request, caller);
        const { params, query, body } = request as never as Pick<Call<Operation>, "params" | "query" | "body">;
        const call = { params, query, body, caller, store: onBehalfOf(store, asking), request, reply };
        let outcome = await each.handle(call);
        if (isRefused(outcome) && outcome.refused === "made_already" && each.again !== undefined) {
          reply.header("idempotent-replayed", "true");
          outcome = await each.again(Number(outcome.about), call);
        }
        if (reply.sent || outcome === reply) return reply;
        if (outcome instanceof Tagged) {
          reply.header("etag", outcome.etag);
          outcome = outcome.wire;
        }
        // A refusal brings the status of its code.
        reply.code(operation.status);
        const isEmpty = operation.status === 204 && !isRefused(outcome);
        return isEmpty ? reply.send() : sendOutcome(reply, managementErrors, outcome, shape);
      },
    });
  }
  return app;
}

/** A quick hash of a password, kept, would be guessed at. */
function withoutPassword(name: string, value: unknown): unknown {
  return name === "password" ? undefined : value;
}

/** Who asks, and under which conditions. @throws RequestRefusal */
function askingOf({ operation, etagOf: of, again }: Bound, request: FastifyRequest, { id, actor }: Caller): Asking {
  const match = request.headers["if-match"];
  const key = operation.isCreation === true && again !== undefined ? idempotencyKey(request) : undefined;
  const isAsked = of !== undefined && match !== undefined && match !== "*";
  return {
    actor: { ...actor, requestId: request.id },
    precondition: isAsked
      ? {
          of: of(request.params as Record<string, unknown>),
          isMet: (seen) => match.split(/, */).includes(etagOf(seen)),
        }
      : undefined,
    once:
      key === undefined
        ? undefined
        : {
            key: `${id} ${operation.noun} ${operation.verb} ${key}`,
            fingerprint: hash("sha256", JSON.stringify([request.params, request.body], withoutPassword), "hex"),
          },
  };
}

/** Parameters that are numbers come as texts. */
function numbersIn({ params }: Operation, given: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => {
      const type = (params.properties[name] as { type?: string } | undefined)?.type;
      if (type !== "integer") return [name, text];
      if (!/^\d{1,16}$/.test(text)) throw new RequestRefusal("validation_error", `${name} must be a whole number`);
      return [name, Number(text)];
    }),
  );
}
