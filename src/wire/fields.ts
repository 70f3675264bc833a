import Type, { type TSchema } from "typebox";

/*
 * The field types that requests of both APIs are made of. The string rules are in one place: [WIRE-2] to [WIRE-4].
 * `wire-text` and `wire-id` are formats of ours; `checkFormats` below says what they check.
 */

/** What `format` names mean, beyond what JSON Schema can say. */
export const wireFormats = {
  /** Well-formed Unicode without U+0000. */
  "wire-text": (text: string) => text.isWellFormed() && !text.includes("\0"),
  /** Digits of an integer up to 2^53−1. */
  "wire-id": (text: string) => /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)),
  /** Digits of an integer of either sign up to 2^53−1. */
  "wire-integer": (text: string) => /^[+-]?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)),
};

const MAX_INTEGER = Number.MAX_SAFE_INTEGER;

/** A name that identifies something: 1 to 255 code points, compared exactly. */
export function Name(description: string) {
  return Type.String({ description, minLength: 1, maxLength: 255, format: "wire-text" });
}

/** A name that may be left out or null. */
export function OptionalName(description: string) {
  const schema = { type: ["string", "null"], description, minLength: 1, maxLength: 255, format: "wire-text" };
  return Type.Optional(Type.Unsafe<string | null>(schema));
}

/** A text that is only shown: up to 1,024 code points, may be empty, null or left out. */
export function DisplayText(description: string) {
  const schema = { type: ["string", "null"], description, maxLength: 1_024, format: "wire-text" };
  return Type.Optional(Type.Unsafe<string | null>(schema));
}

/** An id or a count: an integer that is not negative, or its digits as a string. */
export function OptionalCount(description: string) {
  const schema = {
    type: ["integer", "string", "null"],
    description,
    minimum: 0,
    maximum: MAX_INTEGER,
    format: "wire-id",
  };
  return Type.Optional(Type.Unsafe<number | string | null>(schema));
}

/** A whole number of either sign, or its digits as a string. */
export function OptionalInteger(description: string) {
  const schema = {
    type: ["integer", "string", "null"],
    description,
    minimum: -MAX_INTEGER,
    maximum: MAX_INTEGER,
    format: "wire-integer",
  };
  return Type.Optional(Type.Unsafe<number | string | null>(schema));
}

/** A boolean, or `"true"` or `"false"`. */
export function OptionalBoolean(description: string) {
  const schema = { description, enum: [true, false, "true", "false", null] };
  return Type.Optional(Type.Unsafe<boolean | "true" | "false" | null>(schema));
}

/** A value that may be null on the wire. */
export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** A date on the wire: ISO 8601 UTC with milliseconds, or null. */
export const WireDate = Type.Unsafe<string | null>({
  type: ["string", "null"],
  description: "ISO 8601 in UTC with exactly three fractional digits and `Z`, or null",
});

export function toInteger(value: number | string | null | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

export function toBoolean(value: boolean | "true" | "false" | null | undefined): boolean | undefined {
  return value === null || value === undefined ? undefined : value === true || value === "true";
}
