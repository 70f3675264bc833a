// Runs the tests: all of them, or the files whose paths contain one of the words given.
//   npm test
//   npm test -- store crash
import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { PAIRS_FOLDER } from "../test/management/coverage/pairs.ts";

const words = process.argv.slice(2);
const isAsked = (file: string) => words.length === 0 || words.some((word) => file.includes(word));
const files = globSync(["src/**/*.test.ts", "test/**/*.test.ts"]).filter(isAsked).sort();
const counts = { passed: 0, failed: 0, skipped: 0 };

const pairs = mkdtempSync(join(tmpdir(), "seatkeeper-pairs-"));
process.env[PAIRS_FOLDER] = pairs;
if (files.some((file) => file.startsWith("test/web/"))) {
  const { unpackBrowser } = await import("../test/support/browser.ts");
  await unpackBrowser();
}
await runFiles(files);
// What the management API was seen to answer proves something only once all of its tests have asked.
if (globSync("test/management/**/*.test.ts").every(isAsked)) await runFiles(globSync("test/**/*.proof.ts"));
rmSync(pairs, { recursive: true });

const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;

async function runFiles(some: string[]): Promise<void> {
  const stream = run({ files: some, concurrency: 2, timeout: 600_000 });
  stream.on("test:pass", ({ skip, details }) => {
    if (skip !== undefined) counts.skipped += 1;
    else if (details.type !== "suite") counts.passed += 1;
  });
  stream.on("test:fail", ({ details }) => {
    if (details.type !== "suite") counts.failed += 1;
  });
  for await (const text of stream.compose(spec)) process.stdout.write(text as string);
}
