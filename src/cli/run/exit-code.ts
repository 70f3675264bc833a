let wished: number | undefined;

/** Has the command line end with a code that is not its own: that of a program it has run. */
export function endWith(exitCode: number): void {
  wished = exitCode;
}

export function wishedExitCode(): number | undefined {
  return wished;
}
