import fc from "fast-check";
import type { Route } from "../../src/api/http/route.ts";

/*
 * What requests are made of that nobody has thought of: for tests that no input brings a server down.
 */

/** Field names of all routes, in odd cases now and then. */
export function fieldNames(routes: readonly Route[]): fc.Arbitrary<string> {
  return fc
    .constantFrom(...new Set(routes.flatMap(({ input }) => Object.keys(input?.properties ?? {}))))
    .chain((name) => fc.constantFrom(name, name, name, name.toUpperCase()));
}

/** What fits, what nearly fits, and anything that JSON can hold. @param known values that mean something to the server */
export function oddValues(...known: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>(...known, "", null, true, "true", 0, -1),
    fc.constantFrom<unknown>("0001-01-01T00:00:00Z", "2026-01-16", "2026-13-01", "9999-12-31T23:59:59.999-23:59"),
    fc.constantFrom<unknown>("\0", "\ud800", "__proto__", { __proto__: null, a: 1 }, { "7": 7 }, "{}", "["),
    fc.integer(),
    fc.double(),
    fc.string({ unit: "binary" }),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
    fc.jsonValue(),
  );
}

/** A value as a query carries it. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Percent-escapes what a request line cannot hold, and leaves the rest to the reader. */
export function escapeLoosely(text: string): string {
  return text.replace(/[^\x21\x22\x24\x25\x27-\x7e]/gu, (character) => encodeURIComponent(character.toWellFormed()));
}
