import type { FastifyInstance } from "fastify";
import { managementErrors } from "./errors.ts";
import { ERRORS_PATH } from "./problem.ts";

/** The page that a problem's `type` leads to: every code with its status and sentence. [MANAGE-2] */
export function addErrorsPage(app: FastifyInstance): void {
  const rows = Object.entries(managementErrors).map(
    ([code, { status, message }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(message)}</td></tr>`,
  );
  const page = [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Errors of the management API</title>',
    "<h1>Errors of the management API</h1>",
    "<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>",
    ...rows,
    "</tbody></table></html>",
  ].join("\n");
  app.get(ERRORS_PATH, { schema: { hide: true } }, (_request, reply) =>
    reply.type("text/html; charset=utf-8").send(page),
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
