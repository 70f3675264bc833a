import type { Static, TObject, TSchema } from "typebox";
import Type from "typebox";
import type { Role } from "../domain/admin.ts";

/*
 * What the management API offers, told once: the server binds each operation to a handler, OpenAPI describes it, and the
 * command line makes a command of it.
 */

/** Which servers have an operation. */
export const SIDES = ["vendor", "floating"] as const;
export type Side = (typeof SIDES)[number];

export const BASE = "/manage/v1";

/** One operation of the management API. */
export interface Operation<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TObject = TObject,
  Reply extends TSchema = TSchema,
> {
  /** `seatkeeper <noun> <verb>`; scopes of tokens name the noun. */
  readonly noun: string;
  readonly verb: string;
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below `BASE`; parameters in braces, in the order of the command's arguments. */
  readonly path: string;
  readonly summary: string;
  readonly sides: readonly Side[];
  /** What the caller has to be at least. `anyone` has no session and no token yet. */
  readonly role: Role | "anyone";
  readonly params: Params;
  readonly query: Query;
  /** Undefined takes no body. */
  readonly body: Body | undefined;
  /** Of what the status says; a list's reply is its page. */
  readonly reply: Reply;
  readonly status: 200 | 201 | 204;
  /** Codes it refuses by, beside those that every operation has. */
  readonly refuses: readonly string[];
  /** By what a list is filtered and ordered; undefined where the operation is no list. */
  readonly list?: ListFields | undefined;
  /** `If-Match` is looked at. */
  readonly hasEtag?: boolean | undefined;
  /** `Idempotency-Key` is looked at. */
  readonly isCreation?: boolean | undefined;
  /** What the body or the reply is where it is no JSON. */
  readonly takes?: "file" | undefined;
  readonly gives?: "file" | "events" | undefined;
  /** Not a command: the command line has one of its own for it, or needs none. */
  readonly isHidden?: boolean | undefined;
}

export type FieldKind = "text" | "number" | "time" | "boolean";
export type ListFields = Readonly<Record<string, FieldKind>>;

const nothing = Type.Object({}, { additionalProperties: false });
export type Nothing = typeof nothing;

type Given<P extends TObject, Q extends TObject, B extends TObject, R extends TSchema> = Pick<
  Operation<P, Q, B, R>,
  "noun" | "verb" | "method" | "path" | "summary" | "sides" | "role"
> &
  Partial<Operation<P, Q, B, R>>;

/** Fills in what an operation usually is. */
export function defineOperation<
  P extends TObject = Nothing,
  Q extends TObject = Nothing,
  B extends TObject = Nothing,
  R extends TSchema = Nothing,
>(given: Given<P, Q, B, R>): Operation<P, Q, B, R> {
  return {
    params: nothing as unknown as P,
    query: nothing as unknown as Q,
    body: undefined,
    reply: nothing as unknown as R,
    status: 200,
    refuses: [],
    ...given,
  };
}

/** A list: filtered, ordered, in pages, or as a whole in CSV or JSON. */
export function defineList<R extends TObject, P extends TObject = Nothing>(
  given: Given<P, TObject, Nothing, TSchema> & {
    readonly item: R;
    readonly fields: ListFields;
  },
): ListOperation<P, R> {
  const { item, fields, ...rest } = given;
  const operation = { ...defineOperation<P, TObject, Nothing, TSchema>(rest as never) };
  return {
    ...operation,
    query: listQuery(fields),
    reply: Type.Object({
      data: Type.Array(item),
      next_cursor: Type.Union([Type.String(), Type.Null()], { description: "null on the last page" }),
      count: Type.Optional(Type.Integer({ description: "of all pages; where count=true asked for it" })),
    }),
    list: fields,
    item,
  };
}

export interface ListOperation<P extends TObject, R extends TObject> extends Operation<P, TObject, Nothing, TSchema> {
  readonly item: R;
  readonly list: ListFields;
}

/** The largest and the usual number of things on a page. */
export const MOST_ON_PAGE = 500;
export const USUAL_ON_PAGE = 50;

/** `field`, `field.in`, and by the field's kind `field.contains`, `field.gte`, `field.lte`. */
function listQuery(fields: ListFields): TObject {
  const text = (description: string) => Type.Optional(Type.String({ description, maxLength: 4_096 }));
  const properties: Record<string, TSchema> = {
    order: text(`one of ${Object.keys(fields).join(", ")}; with - before it the other way round`),
    limit: text(`things on a page, 1 to ${MOST_ON_PAGE}; ${USUAL_ON_PAGE} unless said`),
    cursor: text("next_cursor of the page before"),
    count: text("true: the number of all things that fit"),
    format: text("csv or json: everything that fits, as a file"),
  };
  for (const [name, kind] of Object.entries(fields)) {
    properties[name] = text(`exactly this ${kind}; null is none`);
    properties[`${name}.in`] = text("one of these, separated by commas");
    if (kind === "text") properties[`${name}.contains`] = text("has this in it, in any case of letters");
    if (kind === "number" || kind === "time") {
      properties[`${name}.gte`] = text("this or more");
      properties[`${name}.lte`] = text("this or less");
    }
  }
  return Type.Object(properties, { additionalProperties: false });
}

export type ParamsOf<O> = O extends Operation<infer P, TObject, TObject, TSchema> ? Static<P> : never;
export type QueryOf<O> = O extends Operation<TObject, infer Q, TObject, TSchema> ? Static<Q> : never;
export type BodyOf<O> = O extends Operation<TObject, TObject, infer B, TSchema> ? Static<B> : never;
