// GET /healthz, GET /readyz
// Asked by load balancers and supervisors, on every listener. [OPS-3]
import Type from "typebox";
import { defineRoute, type Route } from "./route.ts";

/** @param check throws where the store cannot decide */
export function probeRoutes(version: string, check: () => Promise<void>): Route[] {
  const shared = {
    section: "Server",
    methods: ["GET"],
    reply: Type.Object({ status: Type.Literal("ok"), version: Type.String() }),
    refuses: [],
    access: { role: "public" },
    changes: false,
  } as const;
  const ok = { status: "ok", version };
  return [
    defineRoute({
      ...shared,
      name: "alive",
      summary: "Whether the process serves: 200, whatever the database does",
      paths: ["/healthz"],
      handle: () => ok,
    }),
    defineRoute({
      ...shared,
      name: "ready",
      summary: "Whether requests can be decided now: 503 while the database cannot be reached",
      paths: ["/readyz"],
      handle: async () => {
        await check();
        return ok;
      },
    }),
  ];
}
