import { BASE, type Side } from "../../management/operation.ts";
import { CommandFailure } from "../command-failure.ts";
import { ApiFailure, isProblem } from "./api-failure.ts";
import { type Connection, type ConnectionFlags, findConnection } from "./connection.ts";

export type { ConnectionFlags } from "./connection.ts";

export interface RequestOptions {
  /** What is undefined is left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** An object or a list is sent as JSON, text and bytes as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ApiReply {
  readonly status: number;
  readonly headers: Headers;
  /** JSON as it is parsed, text of any other kind, undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: whoever asks knows what the operation replies
  readonly body: any;
}

/**
 * Opens the management API that flags, environment and logins name.
 *
 * @param sides of what is to be asked; the login of a side that has it is taken
 * @throws CommandFailure `usage`
 */
export function openClient(flags: ConnectionFlags = {}, sides?: readonly Side[]): ManagementClient {
  return new ManagementClient(findConnection(flags, sides));
}

/** A caller of the management API. Paths are below `BASE`, with their parameters encoded. */
export class ManagementClient {
  /** Origin, without a final slash. */
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ url, headers }: Connection) {
    this.url = url;
    this.#headers = headers;
  }

  /**
   * @throws ApiFailure what the server refuses: `denied` for 401 and 403, `usage` for 400 and 422, else `failed`
   * @throws CommandFailure `unreachable`
   */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<ApiReply> {
    const response = await this.open(method, path, options);
    const text = await this.#reading(() => response.text());
    const { status, headers } = response;
    if (text === "") return { status, headers, body: undefined };
    if (!isJson(headers)) return { status, headers, body: text };
    return { status, headers, body: JSON.parse(text) };
  }

  /** All things of a list, page after page. @throws as `request` does */
  async *list(path: string, query: RequestOptions["query"] = {}): AsyncGenerator<Readonly<Record<string, unknown>>> {
    let cursor: string | undefined;
    do {
      const { body } = await this.request("GET", path, { query: { limit: 500, ...query, cursor } });
      if (!Array.isArray(body?.data)) throw this.#noApi();
      yield* body.data;
      cursor = body.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** The reply as it comes, for what is read piece by piece: files, events. @throws as `request` does */
  async open(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const { query = {}, body, headers = {}, signal } = options;
    const url = new URL(`${BASE}${path}`, this.url);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, `${value}`);
    const isPlain = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const response = await this.#reading(() =>
      fetch(url, {
        method,
        // A login is for the server it was made at, and for no other that this one sends to.
        redirect: "manual",
        headers: { ...this.#headers, ...(isPlain ? {} : { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { body: isPlain ? (body as string) : JSON.stringify(body) }),
        ...(signal !== undefined && { signal }),
      }),
    );
    if (response.ok) return response;
    const problem: unknown = isJson(response.headers) ? await response.json().catch(() => undefined) : undefined;
    throw isProblem(problem) ? new ApiFailure(problem) : this.#noApi();
  }

  async #reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const { cause } = error as { cause?: { code?: string; message?: string } };
      const reason = cause?.code ?? cause?.message ?? (error as Error).message;
      throw new CommandFailure(
        "unreachable",
        `no management API answers at ${this.url} (${reason}): start a server, or name its address with --url`,
      );
    }
  }

  #noApi(): CommandFailure {
    return new CommandFailure("failed", `what answers at ${this.url} is not a management API`);
  }
}

function isJson(headers: Headers): boolean {
  return /^application\/([\w.-]+\+)?json\b/.test(headers.get("content-type") ?? "");
}
