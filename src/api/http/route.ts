import type { FastifyReply, FastifyRequest } from "fastify";
import type { Static, TObject, TSchema } from "typebox";

/** Who may call a route. */
export interface Access {
  /** `public` asks nobody for anything; an `application` proves itself by its API key or token. */
  readonly role: "public" | "user" | "admin" | "application";
  /** An admin route that without user accounts is open to this machine only. */
  readonly isLocal?: boolean;
  /** The application may prove itself by the file it sends instead of by headers; headers that come must be good. */
  readonly isProvenByFile?: boolean;
}

/** One operation of a wire API: everything that its documentation, validation and handling need. */
export interface Route<Input extends TObject = TObject, Code extends string = string> {
  /** Unique in its API; names its schemas. */
  readonly name: string;
  readonly summary: string;
  readonly methods: readonly ("GET" | "POST")[];
  /** The section of the reference page it stands in. */
  readonly section: string;
  /** Every documented name of the operation. */
  readonly paths: readonly [string, ...string[]];
  /** Names that some clients use by accident; they answer and are not shown. */
  readonly aliases?: readonly string[];
  /** The body of a POST, the query of a GET. */
  readonly input?: Input;
  /** A POST takes the same fields from its query as well. */
  readonly takesQuery?: boolean;
  /** The body is not JSON: the handler reads it itself. */
  readonly isUpload?: boolean;
  /** What a 200 carries; a string schema is sent as a JSON string literal. */
  readonly reply: TSchema;
  readonly contentType?: string;
  /** The codes it answers with beside those of every route. */
  readonly refuses: readonly Code[];
  readonly access: Access;
  /** How many requests one address may send a minute. */
  readonly requestsPerMinute?: number;
  /** Whether it changes anything: then it answers no HEAD and no foreign web page. */
  readonly changes: boolean;
  /** @returns the reply's value, or a refusal */
  handle(input: Static<Input>, request: FastifyRequest, reply: FastifyReply): unknown;
}

/** Keeps the input's type for the handler, and forgets it outside. */
export function defineRoute<Input extends TObject, Code extends string>(
  route: Route<Input, Code>,
): Route<TObject, Code> {
  return route as unknown as Route<TObject, Code>;
}
