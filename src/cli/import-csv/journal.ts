import { appendFileSync, readFileSync } from "node:fs";
import { writeFileAtomically } from "../../write-file-atomically.ts";
import { CommandFailure } from "../command-failure.ts";

/** Of which import a journal is. */
export interface ImportOf {
  /** Of the file's content. */
  readonly digest: string;
  /** Origin of the server. */
  readonly url: string;
  /** Name of the caller: the server keeps idempotency keys by caller. */
  readonly as: string;
}

/**
 * Which rows of a file are imported, in a file beside it: a run that was cut off goes on where it was. What was made in
 * the moment of the cut, and is not in here, the server knows by its idempotency key. [CLI-6]
 */
export class Journal {
  readonly #file: string;
  readonly #done: Set<number>;

  /**
   * @throws CommandFailure where the journal is of another import: then nobody can tell which rows are there already
   */
  constructor(file: string, of: ImportOf) {
    this.#file = file;
    const lines = readLines(file);
    const done = lines.slice(1).map(Number).filter(Number.isSafeInteger);
    const isSettled = lines.at(-1) === SETTLED;
    if (lines.length > 0) checkSame(file, lines[0] ?? "", of, done.length, isSettled);
    this.#done = new Set(done);
    // A line that was cut off in its middle is gone with this.
    writeFileAtomically(file, `${[JSON.stringify(of), ...this.#done].join("\n")}\n`);
  }

  has(row: number): boolean {
    return this.#done.has(row);
  }

  /** The row's license is there. */
  add(row: number): void {
    this.#done.add(row);
    appendFileSync(this.#file, `${row}\n`);
  }

  /** Nothing is under way: all that is there is in here. */
  settle(): void {
    appendFileSync(this.#file, `${SETTLED}\n`);
  }
}

const SETTLED = "settled";

/** Whole lines only. */
function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n").slice(0, -1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new CommandFailure("failed", `${file} cannot be read: ${(error as Error).message}`);
  }
}

function checkSame(file: string, header: string, of: ImportOf, done: number, isSettled: boolean): void {
  const was = parseHeader(file, header);
  const advice = "remove it to begin anew with every row";
  if (was.digest !== of.digest && (done > 0 || !isSettled)) {
    const sentence = `the file has changed since ${done} of its rows were imported, as ${file} says`;
    throw new CommandFailure("usage", `${sentence}: put the rows that are left into a file of their own, or ${advice}`);
  }
  if (was.url !== of.url) {
    throw new CommandFailure("usage", `${file} is of an import into ${was.url}: ${advice}`);
  }
  if (was.as !== of.as && !isSettled) {
    throw new CommandFailure("usage", `the import was begun as ${was.as}: go on as ${was.as}, not as ${of.as}`);
  }
}

function parseHeader(file: string, header: string): ImportOf {
  try {
    return JSON.parse(header);
  } catch {
    throw new CommandFailure("failed", `${file} is not a journal of an import: remove it, or name another file`);
  }
}
