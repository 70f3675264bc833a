#!/usr/bin/env node
// The `seatkeeper` command. Runs on any Node 18 or later, and hands over to a newer one where the program needs it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 24;
const main = new URL("../src/main.ts", import.meta.url);
const fetchedNode = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));

if (Number(process.versions.node.split(".")[0]) >= OLDEST_NODE) {
  await import(main.href);
} else if (existsSync(fetchedNode)) {
  const child = spawn(fetchedNode, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  process.stderr.write(
    `seatkeeper needs Node ${OLDEST_NODE} or later; this is ${process.version}. Run: node scripts/setup.mjs\n`,
  );
  process.exitCode = 1;
}
