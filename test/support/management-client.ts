import type { Role } from "../../src/domain/admin.ts";
import { BASE } from "../../src/management/operation.ts";
import type { Store } from "../../src/store/store.ts";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { recordReply } from "../management/coverage/record-reply.ts";
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

/** Speaks to the management API as one API token. Every reply has to be one that its operation promises. */
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
    return this.send("GET", path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Extra = {}): Promise<ManagementReply> {
    return this.send("POST", path, body, headers);
  }

  patch(path: string, body?: unknown, headers: Extra = {}): Promise<ManagementReply> {
    return this.send("PATCH", path, body, headers);
  }

  put(path: string, body?: unknown, headers: Extra = {}): Promise<ManagementReply> {
    return this.send("PUT", path, body, headers);
  }

  delete(path: string, headers: Extra = {}): Promise<ManagementReply> {
    return this.send("DELETE", path, undefined, headers);
  }

  /** @param body undefined sends none */
  async send(method: string, path: string, body: unknown, extra: Extra = {}): Promise<ManagementReply> {
    const headers: Record<string, string> = { ...extra };
    if (this.#token !== undefined) headers["authorization"] = `Bearer ${this.#token}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    const url = new URL(`${BASE}${path}`, this.#origin);
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const reply = { status: response.status, headers: response.headers, body: await readBody(response) };
    recordReply(method, path, reply);
    return reply;
  }
}

async function readBody(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  // Events go on for as long as somebody reads them.
  if (type.includes("event-stream")) return response.body?.cancel();
  const text = await response.text();
  if (text === "") return undefined;
  return type.includes("json") ? JSON.parse(text) : text;
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
