import { appendFileSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codesOf } from "../../../src/api/management/describe-operation.ts";
import type { Operation } from "../../../src/management/operation.ts";

/*
 * Which operation answered which code, as all test processes tell it through files in one folder.
 */

/** Names the folder; not set where nobody asks. */
export const PAIRS_FOLDER = "SEATKEEPER_TEST_PAIRS";

/** What stands for the reply that an operation is there for. */
export const OK = "ok";

type Named = Pick<Operation, "noun" | "verb">;

/** Everything an operation may answer. */
export function answersOf(operation: Operation): ReadonlySet<string> {
  return new Set([OK, ...codesOf(operation)]);
}

const written = new Set<string>();

/** Keeps that an operation has answered a code, or `OK`. Each process has a file of its own. */
export function writePair(operation: Named, code: string): void {
  const folder = process.env[PAIRS_FOLDER];
  const pair = pairOf(operation, code);
  if (folder === undefined || written.has(pair)) return;
  written.add(pair);
  appendFileSync(join(folder, `${process.pid}.pairs`), `${pair}\n`);
}

/** @returns whether an operation has answered a code, as the files of a folder have it */
export function readPairs(folder: string): (operation: Named, code: string) => boolean {
  const files = globSync(join(folder, "*.pairs"));
  const found = new Set(files.flatMap((file) => readFileSync(file, "utf8").split("\n")));
  return (operation, code) => found.has(pairOf(operation, code));
}

function pairOf({ noun, verb }: Named, code: string): string {
  return `${noun} ${verb}: ${code}`;
}
