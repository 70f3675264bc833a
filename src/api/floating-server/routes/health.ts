// GET /api/v4/health, GET /health, GET /
// Clients probe these before they do anything else.
import Type from "typebox";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";

export function health({ version }: FloatingServerContext) {
  return defineRoute({
    name: "health",
    summary: "Whether the server is up, and its version",
    section: "Server",
    methods: ["GET"],
    paths: ["/api/v4/health", "/health", "/"],
    reply: Type.Object({ status: Type.Literal("ok"), version: Type.String() }),
    refuses: [],
    access: { role: "public" },
    changes: false,
    handle: () => ({ status: "ok", version }),
  });
}
