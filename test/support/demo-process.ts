import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DemoDescription } from "../../src/demo/start-demo.ts";
import { useTempFolder } from "./temp-folder.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

interface Finishing {
  after(cleanUp: () => void | Promise<void>): void;
}

/** A `seatkeeper demo` in a process of its own, on free ports, with a data folder that outlives it. */
export class DemoProcess {
  readonly folder: string;
  /** What `demo.json` said at the last start. */
  description!: DemoDescription;
  #child: ChildProcess | undefined;

  /** Starts one, and waits until it listens. */
  static async start(test: Finishing): Promise<DemoProcess> {
    const demo = new DemoProcess(test);
    await demo.#start("0", "0");
    return demo;
  }

  private constructor(test: Finishing) {
    test.after(() => this.kill());
    this.folder = useTempFolder(test);
  }

  /** Ends it without a farewell. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  /** Starts it anew where clients know it to be. */
  restart(): Promise<void> {
    return this.#start(new URL(this.description.floatingServer).port, new URL(this.description.licenseApi).port);
  }

  async #start(floatingPort: string, licensePort: string): Promise<void> {
    const ports = ["--floating-server.port", floatingPort, "--license-api.port", licensePort];
    const others = ["--management.port", "0", "--floating-management.port", "0", "--seats.grace-seconds", "0"];
    const args = [MAIN, "demo", "--data-dir", this.folder, ...ports, ...others];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    this.#child = child;
    let printed = "";
    for await (const chunk of child.stdout) {
      printed += chunk;
      if (!/^Hardware id {6}\S+\n/m.test(printed)) continue;
      this.description = JSON.parse(readFileSync(join(this.folder, "demo.json"), "utf8"));
      return;
    }
    throw new Error(`the demo did not start: ${printed}`);
  }
}
