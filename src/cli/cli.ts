import { buildApplication, run, type StricliProcess, text_en } from "@stricli/core";
import { Fault } from "../fault.ts";
import { version } from "../version.ts";
import { CommandFailure, exitCodes } from "./command-failure.ts";
import { allCommands } from "./commands.ts";
import { wishedExitCode } from "./run/exit-code.ts";

/** Runs one command. @returns the exit code */
export async function runCli(args: readonly string[]): Promise<number> {
  let failed: number | undefined;
  const isCompletion = args[0] === "__complete";
  const app = buildApplication(await allCommands(isCompletion ? undefined : args[0]), {
    name: "seatkeeper",
    versionInfo: { currentVersion: version },
    // What comes after `--` is a program's, flags and all.
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
    // Two dozen settings are not to be read in one line; the list of flags has them.
    documentation: { onlyRequiredInUsageLine: true, caseStyle: "convert-camel-to-kebab" },
    localization: {
      text: {
        ...text_en,
        commandErrorResult: (error) => error.message,
        exceptionWhileRunningCommand: (error) => {
          failed = exitCodeOf(error);
          return explain(error);
        },
      },
    },
  });
  if (isCompletion) {
    const { complete } = await import("./completion/complete.ts");
    await complete(app, args.slice(1));
    return exitCodes.ok;
  }
  const surroundings: StricliProcess = { stdout: process.stdout, stderr: process.stderr, env: process.env };
  await run(app, args, { process: surroundings });
  const exitCode = failed ?? wishedExitCode();
  if (exitCode !== undefined) return exitCode;
  // Stricli's own codes are negative: what was typed is not a command.
  return Number(surroundings.exitCode ?? 0) < 0 ? exitCodes.usage : exitCodes.ok;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  return error instanceof Fault && error.code === "config_invalid" ? exitCodes.usage : exitCodes.failed;
}

/** A sentence for what was to be expected, the stack for what was not. */
function explain(error: unknown): string {
  if (error instanceof CommandFailure || error instanceof Fault) return error.message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    return `${error.message}: another program listens there; choose another port (0 is any free one)`;
  }
  if (error instanceof Error && "code" in error && ["EADDRNOTAVAIL", "ENOTFOUND"].includes(String(error.code))) {
    return `${error.message}: this machine has no such address; 127.0.0.1 and 0.0.0.0 always work`;
  }
  // What the system or the database refuses has a code and a sentence of its own.
  if (error instanceof Error && "code" in error) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
