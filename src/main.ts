import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Largest half of the young generation, in MiB. V8 would take up to 32 on a large machine, which makes a busy server
 * a fifth bigger and a tenth faster.
 */
const SEMI_SPACE_FLAG = "--max-semi-space-size=8";

// The flag is read when V8 starts, so the process replaces itself once; its id stays the same.
if (!process.execArgv.includes(SEMI_SPACE_FLAG) && process.execve !== undefined) {
  const args = [process.execPath, SEMI_SPACE_FLAG, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, args, process.env);
}

// Starts in half the time and with 30 MB less than reading the TypeScript anew; needs to come before everything else.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/seatkeeper", import.meta.url)));
const { runCli } = await import("./cli/cli.ts");

process.exitCode = await runCli(process.argv.slice(2));
