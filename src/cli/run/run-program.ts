import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import {
  type CheckOutOptions,
  DeniedError,
  FloatingClient,
  type Seat,
  SeatkeeperError,
  UnreachableError,
} from "../../../client/src/index.ts";
import { CommandFailure } from "../command-failure.ts";
import { endWith } from "./exit-code.ts";

export interface RunFlags {
  readonly url: string;
  readonly product?: string;
  readonly feature?: string;
  readonly user?: string;
  readonly "license-id"?: number;
  readonly wait?: string;
  readonly "stop-when-lost": boolean;
}

/** Handed on to the program, which decides what they mean to it. */
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** Takes a seat, runs the program, and gives the seat back whatever happens. [CLIENT-12] @throws CommandFailure */
export async function runProgram(flags: RunFlags, command: string, ...args: string[]): Promise<void> {
  const seat = await takeSeat(flags);
  try {
    endWith(await runWith(seat, flags, command, args));
  } finally {
    // The seat runs out by itself where no server is reached.
    await seat.release().catch(() => {});
  }
}

async function takeSeat(flags: RunFlags): Promise<Seat> {
  const { url, feature, user, wait, "license-id": licenseId } = flags;
  const product = flags.product ?? process.env["SEATKEEPER_PRODUCT"];
  if (product === undefined) throw new CommandFailure("usage", "--product is missing: whose seats they are");
  const optional = { ...(user !== undefined && { user }), ...(licenseId !== undefined && { licenseId }) };
  const stop = new AbortController();
  const atSignal = () => stop.abort(new CommandFailure("failed", "stopped while waiting for a seat"));
  for (const signal of SIGNALS) process.on(signal, atSignal);
  try {
    // The program's end is the seat's; a signal is the program's first.
    const client = new FloatingClient({ url, product, releasesOnExit: false, ...optional });
    const options: CheckOutOptions = { signal: stop.signal, ...(wait !== undefined && { wait }) };
    return await client.checkOut(feature, options);
  } catch (error) {
    throw toFailure(error);
  } finally {
    for (const signal of SIGNALS) process.off(signal, atSignal);
  }
}

async function runWith(seat: Seat, flags: RunFlags, command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: "inherit" });
  // A terminal has told the program already.
  const isTold = (signal: NodeJS.Signals) => signal === "SIGINT" && process.stdin.isTTY;
  const handOn = (signal: NodeJS.Signals) => isTold(signal) || child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, handOn);
  const tell = ({ error }: { readonly error: SeatkeeperError }) => {
    process.stderr.write(`the seat is lost: ${error.message} (${error.code})\n`);
    if (flags["stop-when-lost"]) child.kill("SIGTERM");
  };
  seat.on("lost", tell);
  seat.on("expired", tell);
  try {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    // As shells have it.
    return code ?? 128 + constants.signals[signal ?? "SIGKILL"];
  } catch (error) {
    throw new CommandFailure("failed", `${command} cannot be run: ${(error as Error).message}`);
  } finally {
    for (const signal of SIGNALS) process.off(signal, handOn);
  }
}

function toFailure(error: unknown): unknown {
  if (error instanceof TypeError) return new CommandFailure("usage", error.message);
  if (!(error instanceof SeatkeeperError)) return error;
  const kind = error instanceof DeniedError ? "denied" : error instanceof UnreachableError ? "unreachable" : "failed";
  const { retryAfterMs } = error;
  const hint = retryAfterMs === undefined ? "" : `; one may be free in ${Math.ceil(retryAfterMs / 1_000)} s`;
  return new CommandFailure(kind, `${error.message} (${error.code})${hint}`);
}
