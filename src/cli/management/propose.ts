import type { Operation } from "../../management/operation.ts";
import type { ConnectionFlags } from "./connection.ts";

/** How long a completion may ask a server, in milliseconds. */
const WITHIN_MS = 500;
const MOST = 50;

/** What completion knows when it asks for values: the words before. */
export interface Completing {
  readonly words?: readonly string[];
}

/** Where the values of a field come from: a list, and the fields of its things. */
const sources: Readonly<Record<string, { readonly path: string; readonly fields: readonly string[] }>> = {
  product: { path: "/products", fields: ["code"] },
  license: { path: "/licenses", fields: ["id", "key"] },
  license_id: { path: "/licenses", fields: ["id"] },
  policy: { path: "/policies", fields: ["id"] },
  policy_id: { path: "/policies", fields: ["id"] },
  bundle: { path: "/bundles", fields: ["code"] },
  customer: { path: "/customers", fields: ["id"] },
  customer_id: { path: "/customers", fields: ["id"] },
  order: { path: "/orders", fields: ["id"] },
  order_id: { path: "/orders", fields: ["id"] },
  user: { path: "/users", fields: ["username"] },
  username: { path: "/users", fields: ["username"] },
  client: { path: "/oauth-clients", fields: ["client_id"] },
  seat: { path: "/seats", fields: ["id"] },
  hold: { path: "/holds", fields: ["id"] },
  admin: { path: "/admins", fields: ["id"] },
  token: { path: "/tokens", fields: ["id"] },
};

/**
 * Asks the server for values that begin with what is typed; none where it does not answer in time. [CLI-5]
 *
 * @param field an argument's or a flag's
 */
export function proposalsFor({ sides }: Operation, field: string) {
  const source = field === "feature" ? undefined : sources[field];
  if (source === undefined && field !== "feature") return undefined;
  return async function (this: Completing, partial: string): Promise<readonly string[]> {
    const words = this.words ?? [];
    // The product whose feature it is stands before it.
    const { path, fields } = source ?? {
      path: `/products/${encodeURIComponent(words[2] ?? "")}/features`,
      fields: ["code"],
    };
    try {
      const { openClient } = await import("./api-client.ts");
      const client = openClient(connectionIn(words), sides);
      const signal = AbortSignal.timeout(WITHIN_MS);
      const { body } = await client.request("GET", path, { query: { limit: 500 }, signal });
      const items = body.data as readonly Readonly<Record<string, unknown>>[];
      const values = items.flatMap((item) => fields.map((name) => item[name]).filter((value) => value != null));
      return values
        .map(String)
        .filter((value) => value.startsWith(partial))
        .slice(0, MOST);
    } catch {
      return [];
    }
  };
}

/** The connection flags among the words that were typed so far. */
function connectionIn(words: readonly string[]): ConnectionFlags {
  const flags: Record<string, string> = {};
  for (const [at, word] of words.entries()) {
    const [, name = "", value = words[at + 1]] = /^--(url|token|side|profile)(?:=(.*))?$/.exec(word) ?? [];
    if (name !== "" && value !== undefined) flags[name] = value;
  }
  return flags;
}
