import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { optionNames } from "../../src/config/options.ts";
import { Seatkeeper } from "./run-seatkeeper.ts";

const seatkeeper = new Seatkeeper({ after });

const packageFile = new URL("../../package.json", import.meta.url);

test("[CLI-1] --version prints the version and ends with 0", async () => {
  const { version } = JSON.parse(readFileSync(packageFile, "utf8"));
  assert.deepEqual(await seatkeeper.run(["--version"]), { ended: 0, stdout: `${version}\n`, stderr: "" });
});

describe("[CLI-1] what is typed", { concurrency: 4 }, () => {
  for (const [args, expected] of [
    [["--help"], ["seatkeeper demo", "seatkeeper floating", "license", "config"]],
    [["license", "--help"], ["seatkeeper license import"]],
    [
      ["license", "import", "--help"],
      ["--url", "--product", "SEATKEEPER_URL"],
    ],
    [["config", "show", "--help"], ["Print the settings in force"]],
    [["demo", "--help"], ["Run both sides in one process"]],
    [["floating", "--help"], optionNames.map((name) => `--${name}`)],
  ] as const) {
    test(`[CLI-1] ${args.join(" ")} explains itself on standard output and ends with 0`, async () => {
      const { ended, stdout, stderr } = await seatkeeper.run(args);
      assert.deepEqual([ended, stderr], [0, ""]);
      assert.match(stdout, /^USAGE\n/);
      const usage = stdout.split("\n\n")[0]?.split("\n") ?? [];
      assert.ok(
        usage.every((line) => line.length < 80),
        "usage is for people to read",
      );
      for (const text of expected) assert.ok(stdout.includes(text), text);
    });
  }

  for (const [args, suggestion] of [
    [["floatng"], "floating"],
    [["license", "imprt", "x"], "import"],
    [["floating", "--floating-server.prot", "1"], "--floating-server.port"],
    [["demo", "--data-dri", "x"], "--data-dir"],
    [["license", "import", "x", "--prodct", "cad"], "--product"],
  ] as const) {
    test(`[CLI-2] ${args.join(" ")} ends with 2, and the nearest name is suggested`, async () => {
      const { ended, stdout, stderr } = await seatkeeper.run(args);
      assert.deepEqual([ended, stdout], [2, ""]);
      assert.ok(
        stderr.includes(`did you mean ${suggestion.startsWith("--") ? suggestion : `\`${suggestion}\``}?`),
        stderr,
      );
    });
  }

  for (const args of [
    ["floating", "extra"],
    ["license", "import"],
    ["license", "import", "a", "b"],
    ["license", "import", "a", "--url"],
    ["floating", "--floating-server.port"],
  ] as const) {
    test(`[CLI-1] ${args.join(" ")} is used wrongly: 2, and a sentence`, async () => {
      const { ended, stdout, stderr } = await seatkeeper.run(args);
      assert.deepEqual([ended, stdout], [2, ""]);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
    });
  }
});
