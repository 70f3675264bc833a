import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadConfig } from "./load-config.ts";
import { environmentName, optionNames } from "./options.ts";
import { configPage, showConfig } from "./show-config.ts";

const folder = mkdtempSync(join(tmpdir(), "seatkeeper-show-"));
after(() => rmSync(folder, { recursive: true }));

function fileOf(content: string): string {
  const file = join(folder, "seatkeeper.yaml");
  writeFileSync(file, content);
  return file;
}

test("[AUTH-5] a secret is not shown, whatever gave it", () => {
  const secret = "api-key-4711";
  const shown = showConfig(
    loadConfig({ flags: {}, environment: { SEATKEEPER_VENDOR_API_KEY: secret }, file: fileOf("") }),
  );
  assert.ok(!shown.includes(secret));
  assert.match(shown, /^# vendor\.api-key: \(given, not shown\)$/m);
});

test("[CLI-2] what is shown is a file of settings that means the same", () => {
  const flags = {
    "floating-server.allowed-hosts": "seats.example, 10.0.0.1",
    "data-dir": 'C:\\data: "it\'s" #1',
    "auth.required": "true",
    "seats.grace-seconds": "1.5",
    "floating-server.port": "0",
  };
  const config = loadConfig({ flags, environment: {}, file: fileOf("") });
  assert.deepEqual(loadConfig({ flags: {}, environment: {}, file: fileOf(showConfig(config)) }), config);
});

test("[CLI-2] every setting is on the page of settings, under its name and its variable", () => {
  const rows = configPage()
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  assert.equal(rows.length, optionNames.length);
  for (const [index, name] of optionNames.entries()) {
    assert.ok(rows[index]?.startsWith(`| \`${name}\` | \`${environmentName(name)}\` |`), name);
  }
});
