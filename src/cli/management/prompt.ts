import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CommandFailure } from "../command-failure.ts";

/** Asks at the terminal. @throws CommandFailure where the question is left */
export async function ask(question: string): Promise<string> {
  return answerTo(question, false);
}

/** Asks for what nobody is to see, and shows nothing of the answer. @throws CommandFailure where the question is left */
export async function askHidden(question: string): Promise<string> {
  return answerTo(question, true);
}

export async function askYes(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim());
}

/** Questions go to standard error: what is printed may go to a file. */
async function answerTo(question: string, isHidden: boolean): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: isHidden ? nowhere : process.stderr, terminal: true });
  // Asked only now that the terminal echoes nothing: the answer may come at once.
  if (isHidden) process.stderr.write(question);
  const left = new Promise<never>((_, reject) => {
    const leave = () => reject(new CommandFailure("failed", "nothing was done"));
    lines.once("SIGINT", leave).once("close", leave);
  });
  try {
    return await Promise.race([lines.question(isHidden ? "" : question), left]);
  } finally {
    left.catch(() => {});
    lines.close();
    if (isHidden) process.stderr.write("\n");
  }
}
