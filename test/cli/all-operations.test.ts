import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { labelsOf, shapeOf } from "../../src/cli/management/command-shape.ts";
import { managementCommands } from "../../src/cli/management/commands.ts";
import { allOperations } from "../../src/management/all-operations.ts";

const folder = new URL("../../src/management/operations/", import.meta.url);

test("[CLI-2] every operation that is not hidden is a command of its own", async () => {
  const known = new Set<unknown>(allOperations);
  for (const file of readdirSync(folder)) {
    const module: Readonly<Record<string, unknown>> = await import(new URL(file, folder).href);
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== "object" || value === null || !("noun" in value) || !("path" in value)) continue;
      assert.ok(known.has(value), `${file}: ${name} is not among all operations`);
    }
  }
  const shown = allOperations.filter(({ isHidden }) => isHidden !== true);
  const commands = managementCommands();
  assert.deepEqual(
    Object.values(commands).reduce((sum, verbs) => sum + Object.keys(verbs).length, 0),
    shown.length,
    "two operations have the same noun and verb",
  );
  for (const { noun, verb } of shown) assert.ok(commands[noun]?.[verb] !== undefined, `${noun} ${verb}`);
});

test("[CLI-2] every field has a flag of its own, by whose name errors tell of it", () => {
  for (const operation of allOperations) {
    const { body, query, positionals, passwords } = shapeOf(operation);
    const flags = [...body, ...query, ...passwords].map(({ flag }) => flag);
    assert.equal(new Set(flags).size, flags.length, `${operation.noun} ${operation.verb}: ${flags.join(" ")}`);
    const label = labelsOf(operation);
    for (const { field, flag } of body) assert.equal(label(field), `--${flag}`);
    // Of two of a name, the new value is what can be wrong.
    for (const { field } of positionals.filter((each) => !body.some(({ field: other }) => other === each.field))) {
      assert.equal(label(field), `<${field.replaceAll("_", "-")}>`);
    }
    assert.equal(label("nothing.of.this"), "nothing.of.this");
  }
});
