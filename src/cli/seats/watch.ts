import { setTimeout as wait } from "node:timers/promises";
import { CommandFailure, exitCodes } from "../command-failure.ts";
import type { ManagementClient } from "../management/api-client.ts";

/** Without live events it is looked at this often. */
const POLL_MS = 2_000;
/** With them, so that ages go on, and to gather what happens at once. */
const STILL_MS = 5_000;
const GATHER_MS = 150;

/** Draws at once, and after every change, until `signal` ends it. @throws what a drawing or the server's denial throws */
export async function watch(client: ManagementClient, draw: () => Promise<void>, signal: AbortSignal): Promise<void> {
  await draw();
  while (!signal.aborted) {
    try {
      const reply = await client.open("GET", "/live", { signal, headers: { accept: "text/event-stream" } });
      await drawOnEvents(reply, draw, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof CommandFailure) || error.exitCode === exitCodes.denied) throw error;
    }
    // No events, or a server that is started anew.
    await wait(POLL_MS, undefined, { signal }).catch(() => {});
    if (!signal.aborted) await draw().catch(passOver);
  }
}

async function drawOnEvents({ body }: Response, draw: () => Promise<void>, signal: AbortSignal): Promise<void> {
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  // A connection that breaks off ends the events as well.
  const read = () => reader.read().catch(() => ({ done: true as const, value: undefined }));
  let next = read();
  let seen = true;
  try {
    while (!signal.aborted) {
      const pause = wait(seen ? GATHER_MS : STILL_MS, "pause" as const, { signal }).catch(() => "pause" as const);
      const first = seen ? await pause : await Promise.race([next, pause]);
      if (signal.aborted) return;
      if (first === "pause") {
        await draw();
        seen = false;
        continue;
      }
      if (first.done) return;
      // Comments keep the connection open and tell nothing.
      seen = /^data:/m.test(first.value);
      next = read();
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** A server that is down for a moment is asked again. */
function passOver(error: unknown): void {
  if (!(error instanceof CommandFailure) || error.exitCode !== exitCodes.unreachable) throw error;
  process.stderr.write(`${error.message}\n`);
}
