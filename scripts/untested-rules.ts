import { globSync, readFileSync } from "node:fs";

/** The rules of SPEC.md that no test quotes in its title. */
export function untestedRules(): string[] {
  const rules = readFileSync("SPEC.md", "utf8").matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm);
  const tests = globSync(["src/**/*.{test,contract}.ts", "test/**/*.ts"]).map((file) => readFileSync(file, "utf8"));
  const quoted = new Set(tests.flatMap((text) => text.match(/\[[A-Z]+-\d+\]/g) ?? []));
  return [...rules].map(([, rule]) => rule as string).filter((rule) => !quoted.has(`[${rule}]`));
}
