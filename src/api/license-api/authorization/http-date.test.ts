import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseHttpDate } from "./http-date.ts";

const readable: readonly (readonly [text: string, moment: string])[] = [
  ["Tue, 07 Jun 2011 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["Tuesday, 07-Jun-11 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["Tue Jun  7 20:51:35 2011", "2011-06-07T20:51:35.000Z"],
  ["Sun Nov 16 08:49:37 2025", "2025-11-16T08:49:37.000Z"],
  ["Sun Nov 06 08:49:37 2025", "2025-11-06T08:49:37.000Z"],
  ["Tue, 7 Jun 2011 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["Tue,  7 Jun 2011 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["07 Jun 2011 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["Jun 7 20:51:35 2011", "2011-06-07T20:51:35.000Z"],
  ["Sat, 07 Jun 2011 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["Tue 07 Jun 2011 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["TUE, 07 JUN 2011 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["tue, 07 jun 2011 20:51:35 gmt", "2011-06-07T20:51:35.000Z"],
  ["Tue, 07-Jun-2011 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["Tue, 07 Jun 11 20:51:35 GMT", "2011-06-07T20:51:35.000Z"],
  ["Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37.000Z"],
  ["Thursday, 01-Jan-70 00:00:00 GMT", "1970-01-01T00:00:00.000Z"],
  ["Tuesday, 31-Dec-69 23:59:59 GMT", "2069-12-31T23:59:59.000Z"],
  ["Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00.000Z"],
  ["Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00.000Z"],
  ["Sun, 02 Jan 0001 00:00:00 GMT", "0001-01-02T00:00:00.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 UTC", "2011-06-07T20:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 UT", "2011-06-07T20:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 Z", "2011-06-07T20:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35Z", "2011-06-07T20:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 EST", "2011-06-08T01:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 EDT", "2011-06-08T00:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 CST", "2011-06-08T02:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 CDT", "2011-06-08T01:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 MST", "2011-06-08T03:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 MDT", "2011-06-08T02:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 PST", "2011-06-08T04:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 PDT", "2011-06-08T03:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 +0000", "2011-06-07T20:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 -0000", "2011-06-07T20:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 +0200", "2011-06-07T18:51:35.000Z"],
  ["Tue, 07 Jun 2011 20:51:35 -0330", "2011-06-08T00:21:35.000Z"],
];

for (const [text, moment] of readable) {
  test(`[HMAC-3] "${text}" is read as ${moment}`, () => {
    assert.equal(parseHttpDate(text), new Date(moment).getTime());
  });
}

const unreadable = [
  "",
  " ",
  "now",
  "Tue",
  "Tue,",
  "1307479895",
  "2011-06-07T20:51:35Z",
  "06/07/2011 20:51:35 GMT",
  "Tue, 07 Jun 2011",
  "Tue, 07 Jun 2011 GMT",
  "Tue, 07 Jun 2011 20:51 GMT",
  "Tue, 07 Jun 2011 20:51:35",
  "Tue, 07 Jun 2011 20:51:35 ",
  "Tue, 07 Jun 2011 20:51:35.000 GMT",
  "Tue, 07 Jun 2011 8:51:35 GMT",
  "Tue, 07 Jun 2011 24:00:00 GMT",
  "Tue, 07 Jun 2011 25:00:00 GMT",
  "Tue, 07 Jun 2011 20:60:00 GMT",
  "Tue, 07 Jun 2011 20:51:61 GMT",
  "Thu, 31 Feb 2011 20:51:35 GMT",
  "Tue, 29 Feb 2011 20:51:35 GMT",
  "Tue, 31 Jun 2011 20:51:35 GMT",
  "Tue, 00 Jun 2011 20:51:35 GMT",
  "Tue, 32 Jan 2011 20:51:35 GMT",
  "Thu Feb 31 20:51:35 2011",
  "Thu Feb 01 25:51:35 2011",
  "Thu Feb 01 20:51:35 11",
  "Tue, 07 June 2011 20:51:35 GMT",
  "Tue, 07 Foo 2011 20:51:35 GMT",
  "Tue, 07-Jun 2011 20:51:35 GMT",
  "Tue, 07 Jun 211 20:51:35 GMT",
  "Tue, 07 Jun 12011 20:51:35 GMT",
  "Tue, 07 Jun 2011 20:51:35 CET",
  "Tue, 07 Jun 2011 20:51:35 A",
  "Tue, 07 Jun 2011 20:51:35 +00",
  "Tue, 07 Jun 2011 20:51:35 +00:00",
  "Tue, 07 Jun 2011 20:51:35 +2400",
  "Tue, 07 Jun 2011 20:51:35 +0060",
  "Tue, 07 Jun 2011 20:51:35 GMT+0000",
  "Tue Jun 07 2011 20:51:35 GMT+0000 (Coordinated Universal Time)",
  "Tue, 07 Jun 2011 20:51:35 GMT\n",
  "Tue, 07 Jun 2011 20:51:35 GMT, Tue, 07 Jun 2011 20:51:35 GMT",
  "Tue, ٠٧ Jun 2011 20:51:35 GMT",
];

for (const text of unreadable) {
  test(`[HMAC-3] ${JSON.stringify(text)} is not a date`, () => assert.equal(parseHttpDate(text), undefined));
}

const seconds = fc
  .integer({ min: Date.UTC(1, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 })
  .map((second) => second * 1000);

test("[HMAC-3] what the platform writes as a date in UTC is read back", () => {
  fc.assert(
    fc.property(seconds, (instant) => {
      assert.equal(parseHttpDate(new Date(instant).toUTCString()), instant);
    }),
  );
});

test("[HMAC-3] an offset moves the instant by just that much", () => {
  const digits = (value: number) => String(value).padStart(2, "0");
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.boolean(),
      (hours, minutes, isEast) => {
        const text = `Tue, 07 Jun 2011 12:00:00 ${isEast ? "+" : "-"}${digits(hours)}${digits(minutes)}`;
        const shift = (hours * 60 + minutes) * 60_000 * (isEast ? -1 : 1);
        assert.equal(parseHttpDate(text), Date.UTC(2011, 5, 7, 12) + shift);
      },
    ),
  );
});

test("[HMAC-3] no text makes the reader throw or take long", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Z][a-z]{2},? \d\d? [A-Z][a-z]{2} \d{4} /)), (text) => {
      parseHttpDate(text);
    }),
  );
  const start = performance.now();
  for (const piece of [" ", "a", "1", ", ", "Tue, ", "Jun "]) {
    const text = piece.repeat(160_000 / piece.length);
    for (const long of [text, `Tue,${text}`, `Tue, 07 Jun 2011${text}`, `Tue Jun${text}7${text}x`]) {
      assert.equal(parseHttpDate(long), undefined);
    }
  }
  assert.ok(performance.now() - start < 2_000);
});
