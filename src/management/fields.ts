import Type, { type TSchema } from "typebox";

/*
 * The kinds of fields that requests and replies of the management API are made of. Names end in their units.
 */

const MOST = Number.MAX_SAFE_INTEGER;

/** A name: 1 to 255 code points. */
export const Name = (description?: string) => Type.String({ minLength: 1, maxLength: 510, ...about(description) });
export const Text = (description?: string) => Type.String({ maxLength: 2_048, ...about(description) });
export const Flag = (description?: string) => Type.Boolean(about(description));
export const Count = (description?: string) => Type.Integer({ minimum: 0, maximum: MOST, ...about(description) });
export const Id = (description?: string) => Type.Integer({ minimum: 1, maximum: MOST, ...about(description) });
/** Whole or fractional seconds, kept to the millisecond. */
export const Seconds = (description?: string) => Type.Number({ minimum: 0, maximum: 1e11, ...about(description) });
/** ISO 8601 with a time zone. */
export const Time = (description?: string) =>
  Type.String({
    pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",
    ...about(description),
  });
/** Never shown, and compared by its hash. */
export const Password = (description: string) => Type.String({ minLength: 1, maxLength: 510, description });
/** What names a thing that a vendor or a program made up: not empty, and not spaces only. */
const NOT_BLANK = "\\S";
/** Values by names of the sender's own. [MANAGE-2] */
export const Named = <T extends TSchema>(value: T, description: string) =>
  Type.Record(Type.String(), value, { description, propertyNames: { pattern: NOT_BLANK } });
/** A free object that a vendor attaches. */
export const Metadata = () => Named(Type.Any(), "free-form");
/** A field that a vendor adds to its licenses. */
export const CustomField = (options: { readonly additionalProperties: boolean }) =>
  Type.Object({ name: Type.String({ minLength: 1, maxLength: 510, pattern: NOT_BLANK }), value: Type.Any() }, options);
export const Names = (description?: string) => Type.Array(Name(), { maxItems: 1_000, ...about(description) });

export const OrNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const OneOf = <const T extends readonly string[]>(values: T, description?: string) =>
  Type.Unsafe<T[number]>({ type: "string", enum: [...values], ...about(description) });

/** A body of these fields and no others. */
export const Body = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object(fields, { additionalProperties: false, minProperties: 0 });

function about(description: string | undefined) {
  return description === undefined ? {} : { description };
}
