import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

/** The program of a node: of this version, or where another one is. */
const PROGRAM = "test/many-nodes/pool-node.ts";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A process with clients that take seats of one pool and give them back, and what they were told. */
export class PoolNode {
  readonly process: ChildProcess;
  /** What each holder was told last. */
  readonly told = new Map<string, "granted" | "ended">();
  granted = 0;
  readonly faults = new Set<string>();
  readonly ready: Promise<void>;

  /** @param root the folder of the program's version */
  constructor(url: string, name: string, clients: number, root = ROOT) {
    const child = spawn(process.execPath, [join(root, PROGRAM), url, name, String(clients)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.process = child;
    const lines = createInterface(child.stdout);
    this.ready = once(lines, "line").then(() => {});
    lines.on("line", (line) => {
      const [what, about = ""] = line.split(" ");
      if (what === "fault") this.faults.add(about);
      if (what !== "granted" && what !== "ended") return;
      if (what === "granted") this.granted += 1;
      this.told.set(about, what);
    });
  }

  async grantsMore(seats: number): Promise<void> {
    const wanted = this.granted + seats;
    while (this.granted < wanted) await once(this.process.stdout as Readable, "data");
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "close");
    this.process.stdin?.end();
    await ended;
  }
}
