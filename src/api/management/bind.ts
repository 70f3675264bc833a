import { hash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { TObject, TSchema } from "typebox";
import type { Refusal } from "../../domain/outcome.ts";
import type { BodyOf, ListOperation, Operation, ParamsOf, QueryOf } from "../../management/operation.ts";
import type { Store } from "../../store/store.ts";
import type { Precondition } from "../../use-cases/on-behalf-of.ts";
import type { Caller } from "./access/caller.ts";
import { type ListSource, sendList } from "./list.ts";

/** One request to an operation, found valid and allowed. */
export interface Call<O> {
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  readonly caller: Caller;
  /** Changes it on behalf of the caller, under the request's conditions. */
  readonly store: Store;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

// biome-ignore lint/suspicious/noExplicitAny: what is bound was checked against its own operation
type AnyOperation = Operation<any, any, any, any>;

/** An operation with what does it. */
export interface Bound {
  readonly operation: Operation;
  handle(call: Call<Operation>): unknown;
  /** What `If-Match` is about. */
  readonly etagOf?: ((params: Readonly<Record<string, unknown>>) => Precondition["of"]) | undefined;
  /** The reply to a creation that was done before, by the id of what was made then. */
  again?(id: number, call: Call<Operation>): unknown;
}

export interface BindOptions<O> {
  readonly etagOf?: (params: ParamsOf<O>) => Precondition["of"];
  again?(id: number, call: Call<O>): unknown;
}

/** Binds an operation to what does it. @param handle gives the reply, a `Tagged` one, or a refusal */
export function bind<O extends AnyOperation>(
  operation: O,
  handle: (call: Call<O>) => object | Promise<object>,
  options: BindOptions<O> = {},
): Bound {
  return { operation, handle, ...options } as unknown as Bound;
}

/** Binds a list to where its things come from. */
export function bindList<P extends TObject, R extends TObject, Item>(
  operation: ListOperation<P, R>,
  open: (call: Call<Operation<P, TObject, TObject, TSchema>>) => Opened<Item> | Promise<Opened<Item>>,
): Bound {
  const handle = async (call: Call<Operation>) => {
    const source = await open(call as never);
    if ("refused" in source) return source;
    return sendList(operation as unknown as ListOperation<TObject, TObject>, source, call.request, call.reply);
  };
  return { operation: operation as unknown as Operation, handle };
}

type Opened<Item> = ListSource<Item> | Refusal<string>;

/** A reply with the state it shows, from which its ETag is made. [MANAGE-5] */
export class Tagged {
  readonly wire: unknown;
  readonly etag: string;

  /** @param state what a precondition sees of it in the store */
  constructor(state: object, wire: unknown) {
    this.wire = wire;
    this.etag = etagOf(state);
  }
}

export function etagOf(state: object): string {
  return `"${hash("sha256", JSON.stringify(state), "hex").slice(0, 20)}"`;
}
