// Runs the tests: all of them, or the files whose paths contain one of the words given.
//   npm test
//   npm test -- store crash
import { globSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";

const words = process.argv.slice(2);
const files = globSync(["src/**/*.test.ts", "test/**/*.test.ts"])
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();
const counts = { passed: 0, failed: 0, skipped: 0 };

const stream = run({ files, concurrency: 2, timeout: 600_000 });
stream.on("test:pass", ({ skip, details }) => {
  if (skip !== undefined) counts.skipped += 1;
  else if (details.type !== "suite") counts.passed += 1;
});
stream.on("test:fail", ({ details }) => {
  if (details.type !== "suite") counts.failed += 1;
});
stream.on("end", () => {
  const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
  // The reporter writes its summary in this turn; the counts come after it.
  setImmediate(() => {
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
    process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
  });
});
stream.compose(spec).pipe(process.stdout);
