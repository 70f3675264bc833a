import assert from "node:assert/strict";
import { test } from "node:test";
import { makeDevice } from "../../test/support/make-license.ts";
import { granted } from "../../test/support/make-products.ts";
import { START } from "../../test/support/test-clock.ts";
import { MOST_VARIABLES, SEEN_EVERY_MS, seenDevice, withVariables } from "./device.ts";

const device = makeDevice({ seenAt: START, info: { hostname: "host", ip: "1" } });

test("[DEV-1] a device that says nothing new within the hour stays the same object, so that no row is written", () => {
  for (const info of [{}, { hostname: "host" }, { ip: "1", hostname: "host" }]) {
    assert.equal(seenDevice(device, info, START + SEEN_EVERY_MS - 1), device);
  }
});

test("[DEV-1] a device that says something new, or was not seen for an hour, is seen now", () => {
  const later = START + SEEN_EVERY_MS;
  assert.deepEqual(seenDevice(device, {}, later), { ...device, seenAt: later });
  const told = seenDevice(device, { ip: "2", os_ver: "11" }, START + 1);
  assert.deepEqual(told, { ...device, seenAt: START + 1, info: { hostname: "host", ip: "2", os_ver: "11" } });
});

test("[DEV-6] variables are set by name: new ones at the end, changed ones in their place, the same ones untouched", () => {
  const first = granted(withVariables(device, { b: "1", a: "2" }, 7, START));
  const second = granted(withVariables(first, { a: "3", b: "1", c: "4", d: "5" }, 9, START + 5));
  assert.deepEqual(second.variables, [
    { id: 7, name: "b", value: "1", createdAt: START },
    { id: 8, name: "a", value: "3", createdAt: START + 5 },
    { id: 9, name: "c", value: "4", createdAt: START + 5 },
    { id: 10, name: "d", value: "5", createdAt: START + 5 },
  ]);
  assert.deepEqual([device.variables, first.variables.length], [[], 2]);
});

test("[DEV-6] variables with odd names are variables like others", () => {
  const values = Object.fromEntries(["__proto__", "constructor", "", "é"].map((name) => [name, `of ${name}`]));
  const first = granted(withVariables(device, values, 1, START));
  const { variables } = granted(withVariables(first, values, 9, START + 1));
  assert.deepEqual(
    variables.map(({ id, name, value }) => [id, name, value]),
    Object.entries(values).map(([name, value], at) => [at + 1, name, value]),
  );
});

test("[DEV-6] a device has only so many variables in all; those it has can be set as before", () => {
  const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`v${at}`, "1"]));
  const full = granted(withVariables(device, named(MOST_VARIABLES), 1, START));
  assert.deepEqual(withVariables(full, { more: "1" }, 9_999, START), {
    refused: "validation_error",
    about: "variables of a device must not be more than 1000 in all",
  });
  const changed = granted(withVariables(full, { v0: "2" }, 9_999, START));
  assert.deepEqual([changed.variables.length, changed.variables[0]?.value], [MOST_VARIABLES, "2"]);
});
