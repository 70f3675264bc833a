import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { isRefused, type Refusal } from "../../domain/outcome.ts";
import { Fault } from "../../fault.ts";
import { errorBody, type WireError } from "./error-body.ts";
import { parseJsonBodies } from "./json-body.ts";
import { type RequestCode, RequestRefusal } from "./request-refusal.ts";
import { ajvOptions, validationRefusal } from "./validation.ts";

/** Largest request body, in bytes. [WIRE-1] */
export const BODY_LIMIT = 1_048_576;
/** Longest parameter in a path: none that fits into the headers is too long, so that names are judged as names. */
const MOST_IN_PARAM = 16_384;
const RETRY_STORE_AFTER_S = 1;
/** A full disk refuses thousands of requests a second for the same reason. */
const LOG_UNAVAILABLE_EVERY_MS = 10_000;

export interface ListenerOptions {
  /** How each code looks on this API's wire. */
  readonly errors: Readonly<Record<string, WireError>>;
  readonly log: FastifyBaseLogger;
  /** PEM texts of certificate and key, where the listener speaks TLS. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Told of each request that no route takes, before it is answered 404 or 405. */
  readonly onNotFound?: (request: FastifyRequest) => void;
  /** How an error looks; left out: the three keys of the wire APIs. */
  readonly shape?: ErrorShape;
  /** Left out: numbers that begin anew with the process. */
  readonly makeRequestId?: () => string;
}

/** How an API writes its errors. */
export interface ErrorShape {
  readonly contentType: string;
  body(code: string, error: WireError, about: string | undefined, requestId: string): object;
}

const wireShape: ErrorShape = { contentType: "application/json", body: errorBody };

/** The HTTP ground that both wire APIs stand on: JSON in and out, and every error in the API's own shape. */
export function createListener({
  errors,
  log,
  tls,
  onNotFound,
  shape = wireShape,
  makeRequestId,
}: ListenerOptions): FastifyInstance {
  const onceInAWhile = throttle(LOG_UNAVAILABLE_EVERY_MS);
  const app = fastify({
    ...(tls !== undefined && { https: tls }),
    loggerInstance: log,
    ...(makeRequestId !== undefined && { genReqId: makeRequestId }),
    logController: new LogController({ disableRequestLogging: true }),
    // One logger for all requests: a child for each would cost as much as its routing does.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    // Answered by the web guard, in the API's own shape.
    http: { requireHostHeader: false },
    return503OnClosing: false,
    forceCloseConnections: "idle",
    ajv: { customOptions: ajvOptions },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MOST_IN_PARAM },
    frameworkErrors: (error, _request, reply) => sendError(reply, errors, asRefusal(error), shape),
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, errors, shape),
  });
  app.server.on("checkExpectation", (_request, response: ServerResponse) => {
    const error = errors["bad_request"] as WireError;
    const body = JSON.stringify(shape.body("bad_request", error, "this expectation cannot be met", ""));
    const headers = {
      "content-type": shape.contentType,
      "content-length": Buffer.byteLength(body),
      connection: "close",
    };
    response.writeHead(error.status, headers).end(body);
  });
  parseJsonBodies(app);
  app.setSerializerCompiler(() => JSON.stringify);
  const methods = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ path, method }) => {
    const known = methods.get(path) ?? new Set();
    for (const each of [method].flat()) known.add(each);
    methods.set(path, known);
  });
  app.setNotFoundHandler((request, reply) => {
    onNotFound?.(request);
    const path = request.url.split("?", 1)[0] as string;
    const allowed = [...(methods.get(path.length > 1 ? path.replace(/\/$/, "") : path) ?? [])];
    const isWrongMethod = allowed.length > 0 && request.method !== "HEAD";
    const refusal = isWrongMethod
      ? new RequestRefusal("method_not_allowed", allowed.join(", "), { allow: allowed.join(", ") })
      : new RequestRefusal("not_found");
    sendError(reply, errors, refusal, shape);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error);
    if (refusal.refused === "internal_error") logFault(request, error);
    if (refusal.refused === "store_unavailable") onceInAWhile(() => logFault(request, error));
    if (refusal.refused === "internal_error" || refusal.refused === "store_unavailable") {
      reply.header("x-request-id", request.id);
    }
    sendError(reply, errors, refusal, shape);
  });
  return app;
}

/** Sends a value as JSON, or a refusal in the API's error shape. */
export function sendOutcome(
  reply: FastifyReply,
  errors: ListenerOptions["errors"],
  outcome: unknown,
  shape: ErrorShape = wireShape,
): FastifyReply {
  if (isRefused(outcome)) return sendRefusal(reply, errors, outcome, shape);
  return sendJson(reply, outcome);
}

function sendRefusal(
  reply: FastifyReply,
  errors: ListenerOptions["errors"],
  { refused, about, retryAfterMs }: Refusal<string>,
  shape: ErrorShape,
): FastifyReply {
  if (retryAfterMs !== undefined) reply.header("retry-after", String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
  return sendBody(reply, errors, shape, refused, about);
}

function sendError(
  reply: FastifyReply,
  errors: ListenerOptions["errors"],
  refusal: RequestRefusal<string>,
  shape: ErrorShape,
): FastifyReply {
  reply.headers(refusal.headers);
  return sendBody(reply, errors, shape, refusal.refused, refusal.about);
}

function sendBody(
  reply: FastifyReply,
  errors: ListenerOptions["errors"],
  shape: ErrorShape,
  code: string,
  about?: string,
): FastifyReply {
  const error = errors[code] ?? { status: 500, message: "Internal error" };
  const json = JSON.stringify(shape.body(code, error, about, reply.request.id));
  return sendJsonText(reply.code(error.status), json, shape.contentType);
}

/** A text is sent as a JSON string literal; Fastify would send it bare. */
function sendJson(reply: FastifyReply, value: unknown): FastifyReply {
  return sendJsonText(reply, JSON.stringify(value));
}

/** Sends a value that is JSON already, byte for byte. */
export function sendJsonText(reply: FastifyReply, json: string, contentType = "application/json"): FastifyReply {
  return reply.header("content-type", contentType).serializer(asIs).send(json);
}

function logFault(request: FastifyRequest, error: unknown): void {
  request.log.error({ err: error, requestId: request.id, path: request.routeOptions.url }, "request failed");
}

function throttle(everyMs: number): (run: () => void) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (run) => {
    if (performance.now() - last < everyMs) return;
    last = performance.now();
    run();
  };
}

function asIs(text: string): string {
  return text;
}

/** What an error means to the caller. Anything that is not expected is an internal error, and says nothing more. */
function asRefusal(error: unknown): RequestRefusal<string> {
  if (error instanceof RequestRefusal) return error;
  if (error instanceof Fault && error.code === "store_unavailable") {
    return new RequestRefusal("store_unavailable", undefined, { "retry-after": String(RETRY_STORE_AFTER_S) });
  }
  const { code, statusCode, validation } = error as Partial<FastifyError>;
  if (validation !== undefined) return validationRefusal(validation);
  const known = code === undefined ? undefined : frameworkCodes[code];
  if (known !== undefined) return new RequestRefusal(known, (error as Error).message);
  if (statusCode === 429) return new RequestRefusal("too_many_requests");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new RequestRefusal("bad_request", (error as Error).message);
  }
  return new RequestRefusal("internal_error");
}

/** Fastify's and its plugins' error codes that have a code of ours. */
const frameworkCodes: Readonly<Record<string, RequestCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "payload_too_large",
  FST_REQ_FILE_TOO_LARGE: "payload_too_large",
  FST_FILES_LIMIT: "payload_too_large",
  FST_PARTS_LIMIT: "payload_too_large",
  FST_FIELDS_LIMIT: "payload_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
  FST_INVALID_MULTIPART_CONTENT_TYPE: "unsupported_media_type",
};

/** Requests that never became requests: answered by hand on the socket. [ERR-4] */
function answerBrokenRequest(
  error: Error & { code?: string },
  socket: Socket,
  errors: ListenerOptions["errors"],
  shape: ErrorShape,
): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const code: RequestCode = error.code === "HPE_HEADER_OVERFLOW" ? "headers_too_large" : "bad_request";
  const wire = errors[code] as WireError;
  const about = error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "it took too long" : "this is not HTTP";
  const body = JSON.stringify(shape.body(code, wire, about, ""));
  const head = [
    `HTTP/1.1 ${wire.status} ${code === "bad_request" ? "Bad Request" : "Request Header Fields Too Large"}`,
    `content-type: ${shape.contentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
