// GET /, GET /health, GET /api/v4/health
// Clients probe these before they do anything else.
import Type from "typebox";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";

export function health({ version }: LicenseApiContext) {
  return defineRoute({
    name: "health",
    summary: "Whether the server is up, and its version",
    section: "Server",
    methods: ["GET"],
    paths: ["/health", "/api/v4/health", "/"],
    reply: Type.Object({ status: Type.Literal("ok"), version: Type.String() }),
    refuses: [],
    access: { role: "public" },
    changes: false,
    handle: () => ({ status: "ok", version }),
  });
}
