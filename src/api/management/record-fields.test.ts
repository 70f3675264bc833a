import assert from "node:assert/strict";
import { test } from "node:test";
import { recordFieldsOf } from "./record-fields.ts";

interface Thing {
  readonly id: number;
  readonly createdAt: number;
  readonly timeoutMs: number | null;
}

test("[MANAGE-3] a list compares a record's milliseconds as the seconds that it shows, and times as they are kept", () => {
  const list = { id: "number", created_at: "time", timeout_seconds: "number" } as const;
  const fields = recordFieldsOf<Thing>(list);
  const valuesOf = (thing: Thing) => Object.keys(list).map((name) => fields[name]?.(thing));
  assert.deepEqual(valuesOf({ id: 1_000, createdAt: 5_000, timeoutMs: 90_500 }), [1_000, 5_000, 90.5]);
  assert.deepEqual(valuesOf({ id: 2, createdAt: 0, timeoutMs: null }), [2, 0, null]);
});
