// Checks what no test runs: types, lint and import rules, dead code, generated files, and that every SPEC rule has a test.
//   npm run check              compares only
//   npm run check -- --write   writes generated files and formatting
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generatedFiles } from "./generated/all.ts";
import { untestedRules } from "./untested-rules.ts";

const isWriting = process.argv.includes("--write");
const problems: string[] = [];

runTool("types", "tsc", "-p", ".");
runTool("types of the web UI", "tsc", "-p", "web");
runTool("types of the client library", "tsc", "-p", "client", "--noEmit");
runTool("lint, format and import rules", "biome", "check", "--error-on-warnings", ...(isWriting ? ["--write"] : []));
runTool("dead code", "knip");
await checkGeneratedFiles();
for (const rule of untestedRules()) problems.push(`SPEC.md: no test's title begins with [${rule}]`);

for (const problem of problems) process.stderr.write(`✖ ${problem}\n`);
process.stdout.write(problems.length === 0 ? "✔ all checks passed\n" : `${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

function runTool(what: string, tool: string, ...args: string[]): void {
  const { status } = spawnSync(`node_modules/.bin/${tool}`, args, { stdio: "inherit" });
  process.stdout.write(`${status === 0 ? "✔" : "✖"} ${what}\n`);
  if (status !== 0) problems.push(`${what}: see above`);
}

async function checkGeneratedFiles(): Promise<void> {
  const files = await generatedFiles();
  const expected = new Set(files.map(({ path }) => path));
  for (const path of globSync("schemas/**/*.*").filter((path) => !expected.has(path))) {
    if (isWriting) rmSync(path);
    else problems.push(`${path} is no longer generated`);
  }
  for (const { path, content } of files) {
    if (readText(path) === content) continue;
    if (isWriting) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    } else problems.push(`${path} is not up to date: npm run check -- --write`);
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
