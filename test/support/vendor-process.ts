import { spawn } from "node:child_process";
import { once } from "node:events";

/** A `seatkeeper vendor` in a process of its own. */
export interface VendorProcess {
  readonly url: string;
  /** @returns the exit code, or the signal that ended it */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** Starts one on a free port and waits until it listens. */
export async function startVendorProcess(dataDir: string, ...flags: string[]): Promise<VendorProcess> {
  const args = [
    "src/main.ts",
    "vendor",
    "--data-dir",
    dataDir,
    "--license-api.port",
    "0",
    "--management.port",
    "0",
    ...flags,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += chunk;
    const url = /^License API +(\S+) .*\n/m.exec(printed)?.[1];
    if (url !== undefined) return { url, end };
  }
  throw new Error(`the vendor did not start: ${printed}`);
}
