import { type Application, type CommandContext, proposeCompletions } from "@stricli/core";
import type { Completing } from "../management/propose.ts";

/**
 * Prints what may be typed next: each a line, with a tab and what it is about. What goes wrong prints nothing. [CLI-5]
 *
 * @param words what is typed behind `seatkeeper`; the last one is not finished yet
 */
export async function complete(app: Application<CommandContext>, words: readonly string[]): Promise<void> {
  const surroundings: CommandContext & Completing = { process, words };
  const inputs = words.length === 0 ? [""] : words;
  const proposals = await proposeCompletions(app, inputs, surroundings as never).catch(() => []);
  // Flags are many, and come when they are begun.
  const isBegun = inputs.at(-1)?.startsWith("-") === true;
  const shown = proposals.filter(({ kind, completion }) => isBegun || kind !== "argument:flag" || completion === "");
  const lines = shown.map(({ completion, brief }) => `${completion}\t${brief.replaceAll(/\s+/g, " ")}\n`);
  process.stdout.write([...new Set(lines)].join(""));
}
