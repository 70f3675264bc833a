import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { useTempFolder } from "../support/temp-folder.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export interface Finished {
  /** The exit code, or the signal that ended it. */
  readonly ended: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** No test needs to say where a server's admins are listened for. */
const ANY_PORT = { SEATKEEPER_MANAGEMENT_PORT: "0", SEATKEEPER_FLOATING_MANAGEMENT_PORT: "0" };

interface Finishing {
  after(cleanUp: () => void | Promise<void>): void;
}

/** Runs the command line in a working folder of its own, with an environment that holds nothing but what is said. */
export class Seatkeeper {
  readonly folder: string;
  readonly #environment: Record<string, string>;
  readonly #children = new Set<ChildProcess>();

  constructor(test: Finishing, environment: Record<string, string> = {}) {
    test.after(() => this.#endAll());
    this.folder = useTempFolder(test);
    this.#environment = environment;
  }

  /** Runs a command to its end. @param input what it reads from standard input */
  run(args: readonly string[], environment?: Record<string, string>, input?: string): Promise<Finished> {
    return this.#spawn(args, environment, input).finished;
  }

  /** Starts a command that is no server, and does not wait for anything. */
  begin(args: readonly string[], environment?: Record<string, string>): Running {
    return this.#spawn(args, environment);
  }

  /** Starts a command that goes on, and waits until it has printed the address it listens on. */
  async start(args: readonly string[], environment?: Record<string, string>): Promise<Running> {
    const running = this.#spawn(args, environment);
    await running.listening;
    return running;
  }

  /** A folder in the working folder. */
  makeFolder(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }

  #spawn(args: readonly string[], environment: Record<string, string> = {}, input?: string): Running {
    const isServer = ["demo", "vendor", "floating"].includes(args[0] ?? "");
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: this.folder,
      env: { ...(isServer ? ANY_PORT : {}), ...this.#environment, ...environment },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    child.stdin?.end(input);
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
    return new Running(child, args[0] === "vendor");
  }

  async #endAll(): Promise<void> {
    const exits = [...this.#children].map((child) => once(child, "exit"));
    for (const child of this.#children) child.kill("SIGKILL");
    await Promise.all(exits);
  }
}

/** A command that runs in a process of its own. */
export class Running {
  /** Settles when the process has ended and all it printed is read. */
  readonly finished: Promise<Finished>;
  /** Settles when the banner is out; rejects when the process ends before. */
  readonly listening: Promise<void>;
  readonly #child: ChildProcess;
  #stdout = "";
  #stderr = "";

  /** @param isVendor whether it is the vendor's side alone, whose banner is another */
  constructor(child: ChildProcess, isVendor: boolean) {
    this.#child = child;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    promise.catch(() => {});
    this.listening = promise;
    child.stdout?.on("data", (chunk) => {
      this.#stdout += chunk;
      if (isVendor ? /^License API.*\n/.test(this.#stdout) : /^Hardware id {6}\S+\n/m.test(this.#stdout)) resolve();
    });
    child.stderr?.on("data", (chunk) => {
      this.#stderr += chunk;
    });
    this.finished = once(child, "close").then(([code, signal]) => {
      reject(new Error(`it ended with ${code ?? signal}: ${this.#stdout}${this.#stderr}`));
      return { ended: code ?? signal, stdout: this.#stdout, stderr: this.#stderr };
    });
  }

  get stdout(): string {
    return this.#stdout;
  }

  /** Waits until it has printed what matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#wait(pattern, "stdout");
  }

  /** Waits until it has printed what matches on standard error. */
  warned(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#wait(pattern, "stderr");
  }

  async #wait(pattern: RegExp, where: "stdout" | "stderr"): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(where === "stdout" ? this.#stdout : this.#stderr);
      if (found !== null) return found;
      const ended = this.finished.then(({ stderr }) => Promise.reject(new Error(`it ended before: ${stderr}`)));
      await Promise.race([once(this.#child[where] as Readable, "data"), ended]);
    }
  }

  get url(): string {
    return this.#line(/^Floating Server {2}(\S+)/m);
  }

  /** Origin of the License API, where the vendor's side runs as well. */
  get licenseApiUrl(): string {
    return this.#line(/^License API {6}(\S+)/m);
  }

  get hardwareId(): string {
    return this.#line(/^Hardware id {6}(\S+)/m);
  }

  /** Sends a signal. @returns how it ended, and after how many milliseconds */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<Finished & { readonly tookMs: number }> {
    const before = performance.now();
    this.#child.kill(signal);
    const finished = await this.finished;
    return { ...finished, tookMs: performance.now() - before };
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
  }

  #line(pattern: RegExp): string {
    const found = pattern.exec(this.#stdout)?.[1];
    if (found === undefined) throw new Error(`the banner does not say it: ${this.#stdout}`);
    return found;
  }
}
