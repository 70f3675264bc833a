import { type ChildProcess, fork, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Load, LoadReply, LoadResult } from "./load/load.ts";

const START_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 10_000;
/** The level that warnings have in the log. */
const WARNING = 40;

const running = new Set<ChildProcess>();
// Whatever way this process ends, what it started ends with it.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A server in a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Everything it printed until it listened. */
  readonly banner: string;
  /** @returns the lines it logged @throws Error unless it ends by itself with exit code 0 */
  stop(): Promise<readonly string[]>;
}

/** Starts a server, and waits for an address and for `ready` in what it prints. */
export async function startServer(args: readonly string[], ready: RegExp): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const logged: string[] = [];
  createInterface(child.stderr).on("line", (line) => {
    logged.push(line);
    if (!isInformation(line)) process.stderr.write(`${line}\n`);
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  ended.then(() => running.delete(child));
  const banner = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (ready.test(text)) resolve(text);
    });
    ended.then((code) => reject(new Error(`${args.join(" ")} ended with ${code} before it listened`)));
    orTimeout(START_WITHIN_MS, `${args.join(" ")} does not listen`).catch(reject);
  });
  const port = Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(banner)?.[1]);
  return {
    pid: child.pid ?? 0,
    port,
    banner,
    async stop() {
      child.kill("SIGTERM");
      const code = await Promise.race([ended, orTimeout(STOP_WITHIN_MS, "a server does not stop")]);
      if (code !== 0) throw new Error(`a server ended with exit code ${code} after SIGTERM`);
      return logged;
    },
  };
}

/** The parent's hold on the load generator. */
export interface Generator {
  run(load: Load): Promise<LoadResult>;
  stop(): void;
}

export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL("./load/generator.ts", import.meta.url)));
  running.add(child);
  child.once("exit", () => running.delete(child));
  return {
    run: (load) =>
      new Promise((resolve, reject) => {
        const onExit = () => reject(new Error("the load generator ended"));
        child.once("exit", onExit);
        child.once("message", (reply: LoadReply) => {
          child.off("exit", onExit);
          if ("error" in reply) reject(new Error(`${load.kind}, ${load.connections} connections: ${reply.error}`));
          else resolve(reply.result);
        });
        child.send(load);
      }),
    stop: () => child.disconnect(),
  };
}

/** What a server logs in good order; anything else is for the person who waits. */
function isInformation(line: string): boolean {
  const level = /^\{"level":(\d+)/.exec(line)?.[1];
  return level !== undefined && Number(level) < WARNING;
}

function orTimeout(ms: number, message: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`${message} within ${ms / 1_000} s`)), ms).unref();
  });
}
