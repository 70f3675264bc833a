import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatDate, parseDate } from "./date.ts";

/** A text and the same moment as JavaScript's own parser reads it. */
const readable: readonly (readonly [text: string, moment: string])[] = [
  ["2026-01-15T10:30:00Z", "2026-01-15T10:30:00.000Z"],
  ["2026-01-15T10:30:00.000Z", "2026-01-15T10:30:00.000Z"],
  ["2026-01-15t10:30:00z", "2026-01-15T10:30:00.000Z"],
  ["2026-01-15 10:30:00Z", "2026-01-15T10:30:00.000Z"],
  ["2026-01-15T10:30:00.5Z", "2026-01-15T10:30:00.500Z"],
  ["2026-01-15T10:30:00.1239Z", "2026-01-15T10:30:00.123Z"],
  ["2026-01-15T10:30:00.123456789Z", "2026-01-15T10:30:00.123Z"],
  ["2026-01-15T10:30:00.123456789012Z", "2026-01-15T10:30:00.123Z"],
  ["2026-01-15T10:30:00+02:00", "2026-01-15T08:30:00.000Z"],
  ["2026-01-15T10:30:00-05:30", "2026-01-15T16:00:00.000Z"],
  ["2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"],
  ["2026-01-15T10:30:00", "2026-01-15T10:30:00.000Z"],
  ["2026-01-15T10:30", "2026-01-15T10:30:00.000Z"],
  ["2026-01-15 10:30", "2026-01-15T10:30:00.000Z"],
  ["2026-01-15 10:30:01", "2026-01-15T10:30:01.000Z"],
  ["2026-01-15 10:30:01.25", "2026-01-15T10:30:01.250Z"],
  ["2026-01-15", "2026-01-15T00:00:00.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
];

for (const [text, moment] of readable) {
  test(`[WIRE-6] "${text}" is read as ${moment}`, () => {
    assert.equal(parseDate(text), new Date(moment).getTime());
  });
}

const unreadable = [
  "",
  " ",
  "tomorrow",
  "2026",
  "2026-01",
  "2026-1-5",
  "26-01-15",
  "12026-01-15",
  "+002026-01-15",
  "-2026-01-15",
  "2026/01/15",
  "15.01.2026",
  "2026-00-15",
  "2026-13-15",
  "2026-01-00",
  "2026-01-32",
  "2026-02-29",
  "2026-04-31",
  "2026-01-15T",
  "2026-01-15T10",
  "2026-01-15T24:00:00Z",
  "2026-01-15T10:60:00Z",
  "2026-01-15T10:30:61Z",
  "2026-01-15T10:30:00.Z",
  "2026-01-15T10:30:00+24:00",
  "2026-01-15T10:30:00+02:60",
  "2026-01-15T10:30:00 Europe/Paris",
  "2026-01-15T10:30:00ZZ",
  " 2026-01-15",
  "2026-01-15 ",
  "2026-01-15\n",
  "2026-01-15\0",
  "٢٠٢٦-٠١-١٥",
  "1768473000000",
];

for (const text of unreadable) {
  test(`[WIRE-6] ${JSON.stringify(text)} is not a date`, () => {
    assert.equal(parseDate(text), undefined);
  });
}

test("[WIRE-6] years below 1 are not read", () => {
  assert.equal(parseDate("0000-12-31"), undefined);
});

test("[WIRE-5] a date is written with three fractional digits and Z, and null stays null", () => {
  assert.equal(formatDate(Date.UTC(2026, 0, 15, 10, 30)), "2026-01-15T10:30:00.000Z");
  assert.equal(formatDate(1_768_473_000_007), "2026-01-15T10:30:00.007Z");
  assert.equal(formatDate(null), null);
});

test("[WIRE-6] every date of ours is read back as the same instant", () => {
  const instants = fc.integer({ min: Date.parse("0001-01-01T00:00:00Z"), max: Date.parse("9999-12-31T23:59:59.999Z") });
  fc.assert(
    fc.property(instants, (instant) => {
      const text = formatDate(instant);
      assert.match(text, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
      assert.equal(parseDate(text), instant);
    }),
  );
});

test("[WIRE-6] an offset moves the instant by just that much", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.boolean(),
      (hours, minutes, east) => {
        const offset = `${east ? "+" : "-"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
        const shift = (hours * 60 + minutes) * 60_000 * (east ? -1 : 1);
        assert.equal(parseDate(`2026-06-15T12:00:00${offset}`), Date.parse("2026-06-15T12:00:00Z") + shift);
      },
    ),
  );
});

test("[WIRE-6] no text makes the reader throw, and what it reads it can be shown again", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?Z?$/)), (text) => {
      const instant = parseDate(text);
      if (instant !== undefined) assert.equal(parseDate(formatDate(instant)), instant);
    }),
  );
});
