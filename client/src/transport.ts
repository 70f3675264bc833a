import type { ErrorCode } from "./errors.ts";
import { DeniedError, isPassing, RefusedError, type SeatkeeperError, UnreachableError } from "./errors.ts";
import { backoffMs, type Duration, monotonic, pause, toMs } from "./time.ts";

/** What a client needs to reach its server. */
export interface TransportOptions {
  /** Address of the server. */
  readonly url: string | URL;
  /** How long one try of a request may take; 10 s unless said otherwise. */
  readonly timeout?: Duration;
  /** How often a request is tried anew when nothing is answered; 3 unless said otherwise. Every one can be repeated. */
  readonly retries?: number;
  /** In place of the global one: for proxies, certificates, tests. */
  readonly fetch?: typeof fetch;
}

export interface CallOptions {
  /** Ends the call; what it throws is the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How hard to try, where another than the client's settings is wanted. */
export interface Effort extends CallOptions {
  readonly timeoutMs?: number;
  readonly retries?: number;
}

export interface Request {
  readonly method: "GET" | "POST";
  /** Below the address, without a slash at its start; or another address. */
  readonly path: string;
  /** What is undefined is left out. */
  readonly query?: object;
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  /** When it was asked for, by `monotonic`. */
  readonly askedAt: number;
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

const LONGEST_BACKOFF_MS = 10_000;

/** Sends requests: with a time limit, and again where nothing was answered. */
export class Transport {
  readonly base: URL;
  readonly #fetch: typeof fetch;
  readonly #timeoutMs: number;
  readonly #retries: number;

  constructor({ url, timeout = 10_000, retries = 3, fetch: own }: TransportOptions) {
    this.base = new URL(url);
    if (!this.base.pathname.endsWith("/")) this.base.pathname += "/";
    // Browsers want theirs called as the window's.
    this.#fetch = own ?? ((...args) => fetch(...args));
    this.#timeoutMs = toMs(timeout);
    this.#retries = retries;
  }

  /** Does something until it succeeds, is refused, or was tried often enough. */
  async repeat<T>(once: (effort: Effort) => Promise<T>, effort: Effort = {}): Promise<T> {
    const retries = effort.retries ?? this.#retries;
    for (let failures = 0; ; failures += 1) {
      try {
        return await once(effort);
      } catch (error) {
        if (failures >= retries || !isPassing(error)) throw error;
        const wanted = (error as SeatkeeperError).retryAfterMs ?? 0;
        await pause(Math.max(backoffMs(failures, LONGEST_BACKOFF_MS), Math.min(wanted, 30_000)), effort.signal);
      }
    }
  }

  /** One try. @throws UnreachableError, or the signal's reason */
  async send(
    { method, path, query, body, form, headers }: Request,
    { signal, timeoutMs }: Effort = {},
  ): Promise<Answer> {
    signal?.throwIfAborted();
    const url = new URL(path, this.base);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const limit = new AbortController();
    const stop = () => limit.abort(signal?.reason);
    signal?.addEventListener("abort", stop);
    const limitMs = timeoutMs ?? this.#timeoutMs;
    const askedAt = monotonic();
    const timer = setTimeout(() => limit.abort(new Error(`no answer within ${limitMs} ms`)), limitMs);
    try {
      const reply = await this.#fetch(url, {
        method,
        // A form says its type itself.
        headers: { accept: "application/json", ...(!form && { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(form !== undefined && { body: new URLSearchParams(form) }),
        signal: limit.signal,
        // A POST that is sent elsewhere would arrive as a GET, and credentials are for one server.
        redirect: "error",
      });
      const bytes = new Uint8Array(await reply.arrayBuffer());
      return { askedAt, status: reply.status, headers: reply.headers, bytes };
    } catch (error) {
      signal?.throwIfAborted();
      throw new UnreachableError(`no answer from ${this.base.origin}: ${reasonOf(error)}`, { cause: error });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }
}

/** The JSON of a reply. @throws RefusedError for the server's no, UnreachableError where this API did not answer */
export function contentOf({ status, headers, bytes }: Answer): unknown {
  const content = parse(new TextDecoder().decode(bytes));
  if (status >= 200 && status < 300 && content !== undefined) return content;
  const { code, message } = (content ?? {}) as { code?: unknown; message?: unknown };
  const retryAfterMs = retryAfter(headers);
  if (typeof code !== "string" || status < 400) {
    throw new UnreachableError(`what answers is not this API (HTTP ${status})`, { status, retryAfterMs });
  }
  const ErrorClass = code === "floating_not_available" ? DeniedError : RefusedError;
  throw new ErrorClass(code as ErrorCode, String(message), { status, retryAfterMs });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function retryAfter(headers: Headers): number | undefined {
  const seconds = Number.parseInt(headers.get("retry-after") ?? "", 10);
  return Number.isNaN(seconds) ? undefined : seconds * 1_000;
}

/** The server's time less this program's, from a reply; 0 where it does not say. */
export function clockOffsetMs(headers: Headers): number {
  const theirs = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(theirs) ? 0 : theirs - Date.now();
}

/** Fetch hides why it failed in its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message || String((cause as { code?: unknown }).code ?? message) : message;
}
