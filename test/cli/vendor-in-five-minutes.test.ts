import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { useTempFolder } from "../support/temp-folder.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const README = new URL("../../README.md", import.meta.url);

/** The addresses that the README has, and what a free port makes of them. */
const ADDRESSES = {
  "http://127.0.0.1:8090": "$VENDOR_MANAGEMENT",
  "http://127.0.0.1:8091": "$FLOATING_MANAGEMENT",
  "http://127.0.0.1:8080": "$FLOATING",
} as const;

/** Starts a server as the README has it, and waits until it has printed where it listens. */
const START = `
start() {
  "$@" > "$1.log" 2>&1 &
  pid=$!
  PIDS="$PIDS $pid"
  grep -qm1 '^Management' <(tail -n +1 -F --pid="$pid" "$1.log" 2> /dev/null) || { cat "$1.log"; exit 1; }
}
vendor() { exec "$NODE" "$MAIN" vendor "$@"; }
floating() { exec "$NODE" "$MAIN" floating "$@"; }
npx() { shift; "$NODE" "$MAIN" "$@"; }
addressIn() { sed -n "s/^$2  *\\\\(http[^ ]*\\\\).*/\\\\1/p" "$1.log"; }
`;

/** The README's section as one script. */
function readScript(): string {
  const section = /^## Vendor in five minutes\n(.*?)^## /ms.exec(readFileSync(README, "utf8"))?.[1] ?? "";
  const blocks = [...section.matchAll(/^```bash\n(.*?)^```/gms)].map(([, block]) => block ?? "");
  assert.ok(blocks.length >= 8, "the README has the section");
  const steps = blocks.map((block) => {
    const started = /^npx seatkeeper (vendor|floating) --data-dir/.exec(block)?.[1];
    if (started === undefined) return block;
    const command = block.replace("npx seatkeeper ", "start ").replace("--management.port 8091", "--management.port 0");
    const name = started === "vendor" ? "VENDOR_MANAGEMENT" : "FLOATING_MANAGEMENT";
    const found = [`${name}=$(addressIn ${started} Management)`, 'FLOATING=$(addressIn floating "Floating Server")'];
    return [
      command,
      found[0],
      ...(started === "floating" ? [found[1]] : ['export SEATKEEPER_URL="$VENDOR_MANAGEMENT"']),
    ].join("\n");
  });
  const script = Object.entries(ADDRESSES).reduce(
    (all, [address, now]) => all.replaceAll(address, now),
    steps.join("\n"),
  );
  return `set -eu\nPIDS=\nVENDOR_MANAGEMENT=\ntrap 'kill $PIDS' EXIT\n${START}\n${script}`;
}

test("[CLI-3] the README's Vendor in five minutes goes from two empty folders to a seat, by commands alone", async (t) => {
  const child = spawn("bash", ["-c", readScript()], {
    cwd: useTempFolder(t),
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      NODE: process.execPath,
      MAIN,
      HOME: useTempFolder(t),
      SEATKEEPER_LOG_LEVEL: "silent",
      SEATKEEPER_MANAGEMENT_PORT: "0",
      SEATKEEPER_LICENSE_API_PORT: "0",
      SEATKEEPER_FLOATING_SERVER_PORT: "0",
    },
  });
  const ended = once(child, "exit");
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  assert.equal(code, 0, `${stdout}\n${stderr}`);
  assert.match(stdout, /Imported license \d+ of product acme: render \(2 seats\)/);
  assert.match(stdout, /"floating_in_use_devices":1/);
  assert.match(stdout, /render of acme: 1 of 2 in use/);
  assert.match(stdout, /released: +\d/);
  assert.match(stdout, /seat_released/);
  assert.match(stdout, /is whole: +yes/);
});
