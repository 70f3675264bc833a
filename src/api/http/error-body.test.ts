import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { errorBody } from "./error-body.ts";

test("[ERR-1] an error has exactly status, code and message, in this order", () => {
  const body = errorBody("not_found", { status: 404, message: "Nothing here" });
  assert.equal(JSON.stringify(body), '{"status":404,"code":"not_found","message":"Nothing here"}');
});

test("[ERR-1] the sentence names what it is about, letter by letter", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom("$&", "$1", "$`", "$$", "<about>")), (about) => {
      const { message } = errorBody("code", { status: 400, message: "Code: <about> is bad." }, about);
      assert.equal(message, `Code: ${about} is bad.`);
    }),
  );
});

test("[ERR-1] with nothing to name, the sentence ends before it, and a sentence without a place for it stays", () => {
  const message = (text: string, about?: string) => errorBody("code", { status: 400, message: text }, about).message;
  assert.equal(message("The body is not valid: <about>"), "The body is not valid");
  assert.equal(message("It takes <about>"), "It takes");
  assert.equal(message("Fixed", "anything"), "Fixed");
});
