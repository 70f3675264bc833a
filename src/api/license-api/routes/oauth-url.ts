// GET /api/v4/oauth_url
// SPEC: OAUTH-1
import Type from "typebox";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { baseUrl } from "../public-url.ts";

export const TOKEN_PATH = "/api/v4/oauth/token";

export function oauthUrl(context: LicenseApiContext) {
  return defineRoute({
    name: "oauthUrl",
    summary: "Where tokens are given out",
    section: "Authorization",
    methods: ["GET"],
    paths: ["/api/v4/oauth_url"],
    input: Type.Object({
      login_type: Type.Optional(Type.Literal("client_credentials", { description: "the only one there is" })),
    }),
    reply: Type.Object({ url: Type.String(), login_type: Type.Literal("client_credentials") }),
    refuses: [],
    access: { role: "public" },
    changes: false,
    handle: (_input, request) => ({
      url: `${baseUrl(context, request)}${TOKEN_PATH.slice("/api/v4".length)}`,
      login_type: "client_credentials",
    }),
  });
}
