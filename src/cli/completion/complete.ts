import { type Application, type CommandContext, proposeCompletions } from "@stricli/core";
import type { Completing } from "../management/propose.ts";

/**
 * Prints what may be typed next: each a line, with a tab and what it is about. What goes wrong prints nothing. [CLI-5]
 *
 * @param words what is typed behind `seatkeeper`; the last one is not finished yet
 */
export async function complete(app: Application<CommandContext>, words: readonly string[]): Promise<void> {
  const { inputs, begun } = takeApart(words);
  const surroundings: CommandContext & Completing = { process, words: inputs };
  const proposals = await proposeCompletions(app, inputs, surroundings as never).catch(() => []);
  // Flags are many, and come when they are begun.
  const isBegun = inputs.at(-1)?.startsWith("-") === true;
  const shown = proposals.filter(({ kind, completion }) => isBegun || kind !== "argument:flag" || completion === "");
  const lines = shown.map(({ completion, brief }) => `${begun}${completion}\t${brief.replaceAll(/\s+/g, " ")}\n`);
  process.stdout.write([...new Set(lines)].join(""));
}

/**
 * A flag and its value may be one word, `--product=cad`, which bash takes apart before it asks.
 *
 * @returns the words as the commands have them, and what a proposal for the last one begins with
 */
function takeApart(words: readonly string[]): { readonly inputs: readonly string[]; readonly begun: string } {
  const whole = words.flatMap((word, at) => (word !== "=" ? [word] : at === words.length - 1 ? [""] : []));
  const last = whole.at(-1) ?? "";
  const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(last) ?? [];
  const before = whole.slice(0, -1);
  if (flag === undefined || value === undefined) return { inputs: [...before, last], begun: "" };
  return { inputs: [...before, flag, value], begun: `${flag}=` };
}
