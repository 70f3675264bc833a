import type { Role } from "../../src/domain/admin.ts";
import type { Store } from "../../src/store/store.ts";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { granted } from "./make-products.ts";

/** What the management API answered. */
export interface ManagementReply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where the reply is JSON, and the text otherwise; undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies that the operations' schemas check
  readonly body: any;
}

type Extra = Readonly<Record<string, string>>;

/** Speaks to the management API as one API token. */
export class ManagementClient {
  readonly #origin: string;
  readonly #token: string | undefined;

  /** @param origin of the server; @param token undefined speaks without one */
  constructor(origin: string, token?: string) {
    this.#origin = origin;
    this.#token = token;
  }

  /** @param path below `/manage/v1`, with its query */
  get(path: string, headers: Extra = {}): Promise<ManagementReply> {
    return this.#send("GET", path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Extra = {}): Promise<ManagementReply> {
    return this.#send("POST", path, body, headers);
  }

  patch(path: string, body?: unknown, headers: Extra = {}): Promise<ManagementReply> {
    return this.#send("PATCH", path, body, headers);
  }

  put(path: string, body?: unknown, headers: Extra = {}): Promise<ManagementReply> {
    return this.#send("PUT", path, body, headers);
  }

  delete(path: string, headers: Extra = {}): Promise<ManagementReply> {
    return this.#send("DELETE", path, undefined, headers);
  }

  async #send(method: string, path: string, body: unknown, extra: Extra): Promise<ManagementReply> {
    const headers: Record<string, string> = { ...extra };
    if (this.#token !== undefined) headers["authorization"] = `Bearer ${this.#token}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    const url = new URL(`/manage/v1${path}`, this.#origin);
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : isJson ? JSON.parse(text) : text,
    };
  }
}

/** Speaks to a server's management API by a new API token of that role. */
export async function clientOf(
  { side }: { readonly side: { readonly store: Store; readonly managementUrl: string } },
  role: Role = "viewer",
  name = `${role} of the test`,
): Promise<ManagementClient> {
  const { token } = granted(await createApiToken(side.store, { name, role }));
  return new ManagementClient(side.managementUrl, token);
}
