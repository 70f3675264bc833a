/** Exit codes of every command. [CLI-1] */
export const exitCodes = { ok: 0, failed: 1, usage: 2, denied: 3, unreachable: 4 } as const;

/** A command could not do what it was asked; the sentence says why, without a stack. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(kind: Exclude<keyof typeof exitCodes, "ok">, message: string) {
    super(message);
    this.name = "CommandFailure";
    this.exitCode = exitCodes[kind];
  }
}
