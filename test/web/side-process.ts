import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

/** One side, started as its people start it, in a process of its own. */
export interface SideProcess {
  /** What it prints: the API's origin, the management API's, and the one-time link. */
  readonly api: string;
  readonly management: string;
  readonly adminLink: string;
}

/** Starts a server on free ports; it ends with the test. */
export async function startSide(
  test: { after(cleanUp: () => void | Promise<void>): void },
  side: "vendor" | "floating",
  dataDir: string,
  ...flags: string[]
): Promise<SideProcess> {
  const port = side === "vendor" ? "--license-api.port" : "--floating-server.port";
  const args = ["src/main.ts", side, "--data-dir", dataDir, port, "0", "--management.port", "0", ...flags];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  test.after(async () => {
    child.kill("SIGTERM");
    await exited;
  });
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += chunk;
    const api = /^(?:License API|Floating Server) +(\S+)/m.exec(printed)?.[1];
    const management = /^Management +(\S+)/m.exec(printed)?.[1];
    const adminLink = /(http\S+#setup=\S+)\n/.exec(printed)?.[1];
    if (api !== undefined && management !== undefined && adminLink !== undefined) return { api, management, adminLink };
  }
  return assert.fail(`${side} did not start: ${printed}`);
}
