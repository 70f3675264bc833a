import type { FastifyInstance } from "fastify";
import { configPage } from "../../src/config/show-config.ts";
import { apiDescriptions } from "./apis.ts";
import { cliPage } from "./cli-page.ts";
import { clientPage } from "./client-page.ts";
import { clientWireFiles } from "./client-wire.ts";
import { errorsPage } from "./errors-page.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { managementFiles } from "./management.ts";
import { schemaFiles } from "./schemas.ts";
import { webOperationFiles } from "./web-operations.ts";

/** Every generated file, as it must be now. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  const apis = await apiDescriptions();
  const files: GeneratedFile[] = [
    { path: "docs/errors.md", content: errorsPage(apis) },
    { path: "docs/config.md", content: configPage() },
    { path: "docs/cli.md", content: cliPage() },
    { path: "docs/client.md", content: clientPage() },
  ];
  for (const api of apis) {
    const { name, routes, shared, app } = api;
    const schemas = schemaFiles(name, routes, shared);
    const types = schemas.find(({ path }) => path.endsWith(".d.ts"));
    files.push(...schemas, ...clientWireFiles(api, types?.content ?? ""));
    files.push({ path: `schemas/${name}.openapi.json`, content: await openApi(app) });
  }
  return [...files, ...(await managementFiles()), ...webOperationFiles()];
}

async function openApi(app: FastifyInstance): Promise<string> {
  await app.ready();
  const document = `${JSON.stringify(app.swagger(), null, 2)}\n`;
  await app.close();
  return document;
}
