import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FloatingClient } from "../../client/src/index.ts";
import { DemoProcess } from "../support/demo-process.ts";
import { useTempFolder } from "../support/temp-folder.ts";

const PAGE = fileURLToPath(new URL("../../docs/clients.md", import.meta.url));
const run = promisify(execFile);
const demo = await DemoProcess.start({ after });
const { floatingServer, product } = demo.description;
const folder = useTempFolder({ after });
mkdirSync(join(folder, "data"));
cpSync(join(demo.folder, "demo.json"), join(folder, "data/demo.json"));
const env = { ...process.env, PATH: `${process.env["PATH"]}:/usr/local/go/bin`, GOCACHE: join(folder, "go-cache") };

const languages = {
  curl: { file: "seat.sh", needs: ["curl", "--version"], command: ["bash", "-eo", "pipefail"] },
  Python: { file: "seat.py", needs: ["python3", "--version"], command: ["python3"] },
  Go: { file: "seat.go", needs: ["go", "version"], command: ["go", "run"] },
} as const;

const printed = {
  "Floating Server": {
    curl: [/"floating_in_use_devices":1,/, /"floating_in_use_devices":1,/, /^"feature_released"$/],
    Python: [/^1 of 2 seats in use$/, /^renew every 300.0 seconds$/, /^feature_released$/],
    Go: [/^1 of 2 seats in use$/, /^renew every 300 seconds$/, /^feature_released$/],
  },
  "License API": {
    curl: [/^Verified OK$/, /^\{"id":/, /^Verified OK$/, /"code":"export"/, /^Verified OK$/, /^""$/],
    Python: [/^laptop-2 is active$/, /^1 of 3 seats in use$/, /^'' is the answer to a release$/],
    Go: [/^laptop-3 is active$/, /^1 of 3 seats in use$/, /^"" is the answer to a release$/],
  },
} as const;

/** The program of a section of the page, with the demo's address in the place of the usual one. */
function programOf(api: string, language: string): string {
  const section = new RegExp(`^## ${api}\n(.*?)(?=^## |$(?![^]))`, "ms").exec(readFileSync(PAGE, "utf8"))?.[1] ?? "";
  const program = new RegExp(`^### ${language}\n.*?^\`\`\`\\w+\n(.*?)^\`\`\``, "ms").exec(section)?.[1] ?? "";
  assert.notEqual(program, "", `the page has ${api} in ${language}`);
  return program.replaceAll("http://127.0.0.1:8080", floatingServer);
}

const isHere = new Map<string, boolean>();
for (const [language, { needs }] of Object.entries(languages)) {
  const [tool, ...asking] = needs;
  const asked = run(tool, asking, { env });
  isHere.set(language, await asked.then(() => true).catch(() => false));
}

// No waiting from here on: when nothing is left to run, a file's clean-ups are run, even if more tests are to come.
for (const api of ["Floating Server", "License API"] as const) {
  for (const language of ["curl", "Python", "Go"] as const) {
    const { file, needs, command } = languages[language];
    test(`[CLIENT-14] the ${api}'s calls in ${language} work as printed`, {
      skip: isHere.get(language) !== true && `no ${needs[0]} here`,
    }, async () => {
      writeFileSync(join(folder, file), programOf(api, language));
      const [program, ...args] = command;
      const { stdout } = await run(program, [...args, file], { cwd: folder, env });
      const lines = stdout.trim().split("\n");
      for (const [at, expected] of printed[api][language].entries()) assert.match(lines[at] ?? "", expected);
      const features = await new FloatingClient({ url: floatingServer, product, user: "watcher" }).features();
      assert.equal(features[0]?.floating_in_use_devices, 0);
    });
  }
}
