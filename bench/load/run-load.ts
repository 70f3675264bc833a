import { setTimeout as sleep } from "node:timers/promises";
import { Connection, type ReplyObserver } from "./connection.ts";
import { laneMaker } from "./lane.ts";
import { Latencies } from "./latencies.ts";
import type { Load, LoadResult } from "./load.ts";
import { cpuUs, peakRssMb } from "./process-usage.ts";

/** Connections still waiting for a reply so long after the end are given up, in milliseconds. */
const LAST_REPLY_WITHIN_MS = 15_000;

/** Opens the connections, keeps each busy with one request at a time, measures, and closes them. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const { until } = load;
  const observer = new Observer();
  const makeLane = laneMaker(load);
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => Connection.open(load.port, makeLane(), observer)),
  );
  try {
    if ("requests" in until) {
      const stop = observer.measure(load.serverPid);
      await Promise.all(connections.map((connection) => connection.run()));
      return stop();
    }
    const all = Promise.all(connections.map((connection) => connection.run()));
    await Promise.race([sleep(until.leadMs), all]);
    const stop = observer.measure(load.serverPid);
    await Promise.race([sleep(until.durationMs), all]);
    const result = stop();
    observer.goesOn = false;
    await Promise.race([all, failAfter(LAST_REPLY_WITHIN_MS)]);
    // What was wrong after the measured time counts as well.
    return { ...result, ...observer.wrongs() };
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function failAfter(ms: number): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`a reply did not come within ${ms / 1_000} s`);
}

class Observer implements ReplyObserver {
  goesOn = true;
  #isMeasuring = false;
  #wrong = 0;
  #firstWrong: string | null = null;
  readonly #latencies = new Latencies();

  onRight(latencyMs: number): void {
    if (this.#isMeasuring) this.#latencies.add(latencyMs * 1_000);
  }

  onWrong(reply: string): void {
    this.#wrong += 1;
    this.#firstWrong ??= reply;
  }

  wrongs(): Pick<LoadResult, "wrong" | "firstWrong"> {
    return { wrong: this.#wrong, firstWrong: this.#firstWrong };
  }

  /** @returns a function that ends the measurement */
  measure(serverPid: number): () => LoadResult {
    this.#isMeasuring = true;
    const serverBefore = cpuUs(serverPid);
    const generatorBefore = process.cpuUsage();
    const startedAt = performance.now();
    return () => {
      const seconds = (performance.now() - startedAt) / 1_000;
      const { user, system } = process.cpuUsage(generatorBefore);
      const serverAfter = cpuUs(serverPid);
      this.#isMeasuring = false;
      const requests = this.#latencies.count;
      const [p50Us = 0, p99Us = 0] = this.#latencies.percentiles([0.5, 0.99]);
      return {
        requests,
        reqPerSec: requests / seconds,
        p50Us,
        p99Us,
        ...this.wrongs(),
        generatorCpuUsPerReq: (user + system) / requests,
        serverCpuUsPerReq:
          serverBefore === null || serverAfter === null ? null : (serverAfter - serverBefore) / requests,
        peakRssMb: peakRssMb(serverPid),
      };
    };
  }
}
