import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { DemoProcess } from "../support/demo-process.ts";
import { useTempFolder } from "../support/temp-folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BIN = join(ROOT, "node_modules/.bin");
const OLD_NODE = "/usr/bin/node";
const LARGEST_BYTES = 10 * 1_024;

const run = promisify(execFile);
const demo = await DemoProcess.start({ after });
const app = useTempFolder({ after });
const folder = join(app, "node_modules/@seatkeeper/client");

// As the README has it: made from the clone, and installed as a file.
const env = { ...process.env, PATH: `${BIN}:${process.env["PATH"]}:/usr/bin` };
execFileSync("npm", ["pack", "./client", "--pack-destination", app, "--silent"], { cwd: ROOT, env });
mkdirSync(folder, { recursive: true });
execFileSync("tar", ["-xzf", join(app, "seatkeeper-client-0.1.0.tgz"), "--strip-components=1", "-C", folder]);
mkdirSync(join(app, "data"));
writeFileSync(join(app, "data/demo.json"), JSON.stringify(demo.description));

/** The programs of a README's section, with the demo's address in the place of the usual one. */
function programsOf(readme: string, section: string): string[] {
  const [, text = ""] = new RegExp(`^## ${section}\n(.*?)^## `, "ms").exec(readFileSync(readme, "utf8")) ?? [];
  const programs = [...text.matchAll(/^```js\n(.*?)^```/gms)].map(([, program = ""]) => program);
  assert.ok(programs.length > 0, `${readme} has ${section}`);
  return programs.map((program) => program.replaceAll("http://127.0.0.1:8080", demo.description.floatingServer));
}

/** Runs a program of an application that has the package installed. @returns what it prints */
async function runProgram(program: string, node = process.execPath): Promise<string> {
  writeFileSync(join(app, "app.mjs"), program);
  const { stdout } = await run(node, ["app.mjs"], { cwd: app });
  return stdout;
}

test("[CLIENT-13] the package is JavaScript and types, depends on nothing, and says its version", async () => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  assert.deepEqual([manifest.dependencies, manifest.peerDependencies], [undefined, undefined]);
  const files = globSync("**/*.*", { cwd: folder }).filter((file) => !/\.(js|d\.ts)$/.test(file));
  assert.deepEqual(files.sort(), ["README.md", "package.json"]);
  const { version } = await import(join(ROOT, "client/src/version.ts"));
  assert.equal(manifest.version, version);
  const imported = globSync("dist/**/*.js", { cwd: folder }).flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/from "([^".][^"]*)"/g)].map(([, name]) => name ?? ""),
  );
  assert.ok(
    imported.every((name) => name.startsWith("node:")),
    imported.join(),
  );
});

test("[CLIENT-13] an application grows by 10 KB at most, compressed; a page gets nothing of Node", async () => {
  // What the web UI is bundled by.
  const script = `import { rolldown } from "rolldown";
    const bundle = await rolldown({ input: process.argv[1], platform: "node", external: /^node:/ });
    const { output } = await bundle.generate({ minify: true });
    process.stdout.write(output[0].code);`;
  const bundle = async (entry: string) => {
    const args = ["--input-type=module", "-e", script, join(folder, entry)];
    return (await run(process.execPath, args, { cwd: join(ROOT, "web") })).stdout;
  };
  const [all, page] = await Promise.all([bundle("dist/index.js"), bundle("dist/browser.js")]);
  const [allBytes, pageBytes] = [gzipSync(all).length, gzipSync(page).length];
  assert.ok(allBytes <= LARGEST_BYTES, `${allBytes} bytes`);
  assert.ok(pageBytes < allBytes && !page.includes("node:"), `${pageBytes} bytes`);
  assert.match(all, /node:crypto/);
});

test("[CLIENT-13] its types stand alone, and the React example is of them", async () => {
  const tsc = (...args: string[]) => run(process.execPath, [join(BIN, "tsc"), ...args], { cwd: app });
  const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules/@types")];
  writeFileSync(
    join(app, "app.mts"),
    `import { FloatingClient, type Seat, SeatkeeperError } from "@seatkeeper/client";
    const client = new FloatingClient({ url: "http://localhost", product: "demo" });
    client.on("denied", ({ retryAfterMs }) => retryAfterMs?.toFixed());
    await using seat: Seat = await client.checkOut("render", { wait: "10m" });
    const features = await client.features();
    const [timeout]: (number | undefined)[] = features.map((each) => each.floating_timeout);
    if (new SeatkeeperError("unreachable", "").code === "floating_not_available") console.log(timeout);
    // @ts-expect-error no server has this code
    if (new SeatkeeperError("unreachable", "").code === "no_such_code") console.log(seat);
`,
  );
  const strict = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,esnext.disposable"];
  await tsc(...strict, "--module", "nodenext", ...types, "app.mts");
  await run(process.execPath, [join(BIN, "tsc"), "-p", "client/examples"], { cwd: ROOT });
});

test("[CLIENT-1] the quickstarts work as printed", async () => {
  const inUse = (count: number) => `1 of ${count} seats in use\n`;
  const [modern = "", older = ""] = programsOf(join(folder, "README.md"), "A seat of a floating server");
  assert.equal(await runProgram(modern), inUse(2));
  assert.equal(await runProgram(older), inUse(2));
  const [licensed = ""] = programsOf(join(folder, "README.md"), "A seat of the License API");
  assert.equal(await runProgram(licensed), inUse(3));
  const [first = ""] = programsOf(join(ROOT, "README.md"), "Use it from an application");
  assert.equal(await runProgram(first), inUse(2));
});

test("[CLIENT-13] the build runs on Node 20", { skip: !existsSync(OLD_NODE) && `no ${OLD_NODE} here` }, async (t) => {
  const { stdout } = await run(OLD_NODE, ["--version"]);
  t.diagnostic(stdout.trim());
  const [, older = ""] = programsOf(join(folder, "README.md"), "A seat of a floating server");
  assert.equal(await runProgram(older, OLD_NODE), "1 of 2 seats in use\n");
});
