import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { allOperations } from "../../../src/management/all-operations.ts";
import { answersOf, PAIRS_FOLDER, readPairs } from "./pairs.ts";

/*
 * Run once all other tests have, see scripts/test.ts: what no test has seen an operation answer, no test has tested.
 */

const hasAnswered = readPairs(process.env[PAIRS_FOLDER] ?? "");

describe("every operation was seen to answer whatever it may", () => {
  for (const operation of allOperations) {
    it(`[MANAGE-9] ${operation.noun} ${operation.verb}`, () => {
      const missing = [...answersOf(operation)].filter((code) => !hasAnswered(operation, code));
      assert.deepEqual(missing, [], "codes that no test got from it");
    });
  }
});
