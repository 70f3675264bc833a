import pino from "pino";
import { FloatingServerAccess } from "../../src/api/floating-server/access.ts";
import type { FloatingServerContext } from "../../src/api/floating-server/context.ts";
import { floatingServerErrors } from "../../src/api/floating-server/errors.ts";
import { buildFloatingServer } from "../../src/api/floating-server/floating-server.ts";
import { floatingServerRoutes } from "../../src/api/floating-server/routes.ts";
import { configPage } from "../../src/config/show-config.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { version } from "../../src/version.ts";
import { errorsPage } from "./errors-page.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { schemaFiles } from "./schemas.ts";

/** Every generated file, as it must be now. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  const context: FloatingServerContext = {
    store: new MemoryStore(),
    channel: "onPremise",
    graceMs: 0,
    trustedKeys: [],
    hardwareId: "",
    version,
    isAuthRequired: true,
  };
  const routes = floatingServerRoutes(context, new FloatingServerAccess(true));
  const app = await buildFloatingServer({ context, allowedHosts: [], log: pino({ level: "silent" }) });
  await app.ready();
  const openApi = `${JSON.stringify(app.swagger(), null, 2)}\n`;
  await app.close();
  return [
    ...schemaFiles("floating-server", routes),
    { path: "schemas/floating-server.openapi.json", content: openApi },
    { path: "docs/errors.md", content: errorsPage("Floating Server", floatingServerErrors, routes) },
    { path: "docs/config.md", content: configPage() },
  ];
}
