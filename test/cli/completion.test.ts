import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openDesk } from "./management-desk.ts";

const desk = await openDesk({ after });
await desk.json("product", "create", "--code", "cad", "--name", "CAD");
await desk.json("product", "create", "--code", "cam", "--name", "CAM");
await desk.json("feature", "create", "cad", "--code", "render", "--name", "Render");
await desk.json("bundle", "create", "--code", "both", "--name", "Both", "--product-codes", "cad,cam");
await desk.json("user", "create", "--username", "ada");

/** @returns what may be typed next, without what it is about */
async function proposals(...words: readonly string[]): Promise<string[]> {
  const { ended, stdout, stderr } = await desk.run("__complete", ...words);
  assert.deepEqual([ended, stderr], [0, ""]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t")[0] ?? "");
}

test("[CLI-5] nouns, verbs, flags and the values of flags are proposed", async () => {
  assert.deepEqual(await proposals("prod"), ["product"]);
  assert.ok((await proposals("")).includes("login"));
  assert.deepEqual((await proposals("product", "")).toSorted(), ["create", "delete", "list", "show", "update"]);
  assert.deepEqual(await proposals("feature", "create", "--offl"), ["--offline-floating"]);
  assert.deepEqual(await proposals("token", "create", "--role", "v"), ["viewer"]);
  assert.deepEqual(await proposals("completion", "z"), ["zsh"]);
  assert.deepEqual(await proposals("token", "create", "--role=v"), ["--role=viewer"]);
  assert.deepEqual(await proposals("nothing", "of", "this"), []);
});

test("[CLI-5] values are asked of the server", async () => {
  assert.deepEqual(await proposals("product", "show", "ca"), ["cad", "cam"]);
  assert.deepEqual(await proposals("product", "delete", "--yes", "cam"), ["cam"]);
  assert.deepEqual(await proposals("feature", "show", "cad", ""), ["render"]);
  assert.deepEqual(await proposals("feature", "show", "cam", ""), []);
  assert.deepEqual(await proposals("license", "create", "--product=ca"), ["--product=cad", "--product=cam"]);
  assert.deepEqual(await proposals("bundle", "show", ""), ["both"]);
  assert.deepEqual(await proposals("user", "show", ""), ["ada"]);
});

test("[CLI-5] where no server answers, nothing is proposed, and soon", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const before = performance.now();
  assert.deepEqual(await proposals("product", "show", "--url", `http://127.0.0.1:${port}`, ""), []);
  // Half a second, and what a busy machine needs to start a process.
  assert.ok(performance.now() - before < 3_000);
  assert.deepEqual(await proposals("product", "show", "--url", "http://127.0.0.1:1", ""), []);
  silent.close();
});

test("[CLI-5] the script for bash completes what is typed", async () => {
  const script = join(desk.seatkeeper.folder, "completion.bash");
  writeFileSync(script, (await desk.run("completion", "bash")).stdout);
  const bin = join(desk.seatkeeper.folder, "bin");
  const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
  mkdirSync(bin);
  writeFileSync(join(bin, "seatkeeper"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(join(bin, "seatkeeper"), 0o755);
  // As bash has them: it takes words apart at "=".
  const typed = ["product show ca", "license create --product = ca"].map((words) => {
    const at = words.split(" ").length;
    return `COMP_WORDS=(seatkeeper ${words}); COMP_CWORD=${at}; _seatkeeper; echo "\${COMPREPLY[*]}"`;
  });
  const env = { ...desk.environment, PATH: `${bin}:${process.env["PATH"]}` };
  const { stdout, stderr } = await promisify(execFile)(
    "bash",
    ["--norc", "-c", [`source ${script}`, ...typed].join("\n")],
    { env },
  );
  assert.deepEqual([stdout, stderr], ["cad cam\ncad cam\n", ""]);
});

test("[CLI-5] there is a script for each shell, and no other", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { ended, stdout } = await desk.run("completion", shell);
    assert.equal(ended, 0);
    assert.match(stdout, /seatkeeper __complete/);
  }
  const { ended, stderr } = await desk.run("completion", "bsh");
  assert.equal(ended, 2);
  assert.match(stderr, /did you mean bash\?/);
});
