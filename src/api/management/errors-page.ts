import { hash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { managementErrors } from "./errors.ts";
import { managementExplanations } from "./explanations.ts";
import { ERRORS_PATH } from "./problem.ts";

const STYLE = `
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
section { padding: 0 1rem; border-left: 4px solid transparent }
section:target { border-color: #0b7285 }
h2 { font: 600 1.1rem ui-monospace, monospace; margin-bottom: 0 }
p { margin: .25rem 0 }`;

/** The page that a problem's `type` leads to: every code with its status, its sentence, and what to do. [MANAGE-2] */
export function addErrorsPage(app: FastifyInstance): void {
  const sections = Object.entries(managementErrors).map(([code, { status, message }]) =>
    [
      `<section id="${code}"><h2>${code}</h2>`,
      `<p>${status} · ${escapeHtml(message.replaceAll("<about>", "…"))}</p>`,
      `<p>${escapeHtml(managementExplanations[code] ?? "").replaceAll(/`([^`]+)`/g, "<code>$1</code>")}</p></section>`,
    ].join(""),
  );
  const page = [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Errors of the management API</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${STYLE}</style><main><h1>Errors of the management API</h1>`,
    ...sections,
    "</main></html>",
  ].join("\n");
  const policy = `default-src 'none'; style-src 'sha256-${hash("sha256", STYLE, "base64")}'; frame-ancestors 'none'`;
  app.get(ERRORS_PATH, { schema: { hide: true } }, (_request, reply) =>
    reply.header("content-security-policy", policy).type("text/html; charset=utf-8").send(page),
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
