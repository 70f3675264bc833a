import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOption } from "./options.ts";

const parse = (given: string) => parseOption("management.public-url", given, "--management.public-url");

test("[ADMIN-8] a public address is scheme, host and port", () => {
  assert.equal(parse("https://licenses.example.com"), "https://licenses.example.com");
  assert.equal(parse("https://Licenses.Example.com:443/"), "https://licenses.example.com");
  assert.equal(parse("http://10.0.0.1:8090"), "http://10.0.0.1:8090");
});

test("[ADMIN-8] anything else is refused at the start, with a sentence", () => {
  for (const given of [
    "",
    "licenses.example.com",
    "ftp://licenses.example.com",
    "https://licenses.example.com/seats",
    "https://licenses.example.com/?a",
    "https://ann@licenses.example.com",
    "*",
  ]) {
    assert.throws(() => parse(given), /--management\.public-url must be an address without a path, like https/, given);
  }
});
