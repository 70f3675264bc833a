// POST /api/v4/oauth/token
// SPEC: OAUTH-1
import type { FastifyInstance, FastifyReply } from "fastify";
import Type from "typebox";
import { findOauthClient } from "../../../use-cases/vendor/keys/find-credential.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import { defineRoute } from "../../http/route.ts";
import { isSecretAmong, readClientCredentials } from "../authorization/client-credentials.ts";
import { FailureLimit } from "../authorization/failure-limit.ts";
import { OauthTokens, TOKEN_LIFETIME_S } from "../authorization/oauth-tokens.ts";
import type { LicenseApiContext } from "../context.ts";
import { TOKEN_PATH } from "./oauth-url.ts";

const FORM = "application/x-www-form-urlencoded";
const FAILURES_PER_MINUTE = 60;

type OauthError = "invalid_request" | "invalid_client" | "unsupported_grant_type";

/**
 * Gives a client a token for its id and secret, which come as a form, or the two by HTTP Basic (RFC 6749, 4.4). What
 * is wrong with the form or the client is said as OAuth says it; what is wrong before that, and 429, as the API does.
 */
export function oauthToken(context: LicenseApiContext) {
  const failures = new FailureLimit({
    perMinute: FAILURES_PER_MINUTE,
    monotonic: () => context.clock.monotonic(),
  });
  let tokens: OauthTokens | undefined;

  return defineRoute({
    name: "oauthToken",
    summary:
      "Get a bearer token: a form with grant_type=client_credentials, client_id and client_secret. Errors are OAuth's: {error, error_description}",
    section: "Authorization",
    methods: ["POST"],
    paths: [TOKEN_PATH],
    isUpload: true,
    reply: Type.Object({
      access_token: Type.String({ description: "to be sent as `Authorization: Bearer …`" }),
      expires_in: Type.Integer({ description: "seconds" }),
      refresh_expires_in: Type.Literal(0),
      token_type: Type.Literal("Bearer"),
      "not-before-policy": Type.Literal(0),
      scope: Type.String(),
    }),
    refuses: ["too_many_requests"],
    access: { role: "public" },
    changes: false,
    async handle(_input, request, reply) {
      reply.headers({ "cache-control": "no-store", pragma: "no-cache" });
      const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
      const twice = [...form.keys()].find((name, at, names) => names.indexOf(name) !== at);
      if (twice !== undefined) return fail(reply, "invalid_request", `${twice} is given twice`);
      const grantType = form.get("grant_type");
      if (!grantType) return fail(reply, "invalid_request", "grant_type is required");
      if (grantType !== "client_credentials") {
        return fail(reply, "unsupported_grant_type", "grant_type must be client_credentials");
      }
      const given = readClientCredentials(form, request.headers.authorization);
      if ("problem" in given) return fail(reply, given.error, given.problem);

      const client = await findOauthClient(context, given.clientId);
      const isProven = isSecretAmong(client?.secrets ?? [""], given.clientSecret);
      if (client === undefined || !isProven || client.isRevoked) {
        const waitS = failures.fail(`${given.clientId} ${request.ip}`);
        if (waitS !== undefined) {
          throw new RequestRefusal("too_many_requests", undefined, { "retry-after": String(waitS) });
        }
        if (given.scheme === "basic") reply.header("www-authenticate", 'Basic realm="License API", charset="UTF-8"');
        return fail(reply, "invalid_client", "the client is not known, or its secret is wrong");
      }
      tokens ??= new OauthTokens(context);
      return {
        access_token: await tokens.issue(client.name),
        expires_in: TOKEN_LIFETIME_S,
        refresh_expires_in: 0,
        token_type: "Bearer",
        "not-before-policy": 0,
        scope: "license-api",
      };
    },
  });
}

/** Reads forms, and nothing else, on the routes of a scope. The form is handed over as it is. */
export function parseForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(FORM, { parseAs: "string" }, (_request, body, done) => done(null, body));
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
    done(body.length === 0 ? null : new RequestRefusal("unsupported_media_type", `send ${FORM}`)),
  );
}

function fail(reply: FastifyReply, error: OauthError, description: string): object {
  reply.code(error === "invalid_client" ? 401 : 400);
  return { error, error_description: description };
}
