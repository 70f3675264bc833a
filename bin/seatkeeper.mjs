#!/usr/bin/env node
// The `seatkeeper` command. Runs on any Node 18 or later, and hands over to a newer one where the program needs it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = [24, 7];
const main = new URL("../src/main.ts", import.meta.url);
const fetchedNode = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));

const [major, minor] = process.versions.node.split(".").map(Number);
if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) {
  await import(main.href);
} else if (existsSync(fetchedNode)) {
  const child = spawn(fetchedNode, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  process.stderr.write(
    `seatkeeper needs Node ${OLDEST_NODE.join(".")} or later; this is ${process.version}. Run: node scripts/setup.mjs\n`,
  );
  process.exitCode = 1;
}
