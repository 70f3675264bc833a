// GET /auth
// SPEC: AUTH-3, AUTH-4
import Type from "typebox";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerAccess } from "../access.ts";
import type { FloatingServerContext } from "../context.ts";

const GUESSES_PER_MINUTE = 60;

export function auth(access: FloatingServerAccess, { isAuthRequired }: FloatingServerContext) {
  return defineRoute({
    name: "auth",
    summary: "Log in with HTTP Basic for a bearer token",
    section: "Server",
    methods: ["GET"],
    paths: ["/auth"],
    reply: Type.Object({ message: Type.Literal("Login successful"), token: Type.String({ description: "JWT" }) }),
    refuses: ["unauthorized", "too_many_requests"],
    access: { role: "public" },
    changes: false,
    ...(isAuthRequired && { requestsPerMinute: GUESSES_PER_MINUTE }),
    async handle(_input, request) {
      return { message: "Login successful", token: await access.logIn(request.headers.authorization) };
    },
  });
}
