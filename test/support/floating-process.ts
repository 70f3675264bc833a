import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A `seatkeeper floating` in a process of its own. */
export interface FloatingProcess {
  readonly url: string;
  readonly hardwareId: string;
  readonly child: ChildProcess;
  /** @returns the exit code, or the signal that ended it */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** Starts one on a free port and waits until it listens. */
export async function startFloatingProcess(dataDir: string, ...flags: string[]): Promise<FloatingProcess> {
  const args = [
    "src/main.ts",
    "floating",
    "--data-dir",
    dataDir,
    "--floating-server.port",
    "0",
    "--management.port",
    "0",
    ...flags,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += chunk;
    const url = /^Floating Server {2}(\S+)/m.exec(printed)?.[1];
    const hardwareId = /^Hardware id {6}(\S+)\n/m.exec(printed)?.[1];
    if (url !== undefined && hardwareId !== undefined) {
      return {
        url,
        hardwareId,
        child,
        end(signal) {
          child.kill(signal);
          return exited;
        },
      };
    }
  }
  throw new Error(`floating server did not start: ${printed}`);
}
