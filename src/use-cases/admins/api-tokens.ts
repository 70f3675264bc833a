import type { ApiToken, Role } from "../../domain/admin.ts";
import { decideCreation, decideRecordChange } from "../../domain/change-record.ts";
import type { Instant } from "../../domain/instant.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../domain/outcome.ts";
import { findNameProblem } from "../../domain/text-problem.ts";
import { hashToken, makeSecret } from "../../signing/secret.ts";
import type { Store } from "../../store/store.ts";

export interface NewApiToken {
  readonly name: string;
  readonly role: Role;
  readonly scopes?: readonly string[] | null | undefined;
  readonly expiresAt?: Instant | null | undefined;
  /** Left out: a new one is made. */
  readonly token?: string | undefined;
}

/** Makes an API token. @returns it, and the token's text, which is kept nowhere [ADMIN-7] */
export async function createApiToken(
  store: Store,
  { name, role, scopes = null, expiresAt = null, token = `sk_${makeSecret()}` }: NewApiToken,
): Promise<{ readonly apiToken: ApiToken; readonly token: string } | Refusal<VendorRefusalCode>> {
  const problem = findNameProblem("name", name);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const tokenHash = hashToken(token);
  const ref = { kind: "api_token", field: "tokenHash", value: tokenHash } as const;
  const apiToken = await store.transact({ records: [ref] }, (view) =>
    decideCreation(view, "api_token", ref, (id) =>
      expiresAt !== null && expiresAt <= view.now
        ? refuse("invalid_field", "expiresAt must be in the future")
        : { id, name, tokenHash, role, scopes, expiresAt, isRevoked: false, createdAt: view.now },
    ),
  );
  return "refused" in apiToken ? apiToken : { apiToken, token };
}

/** Lets an API token open nothing any more. */
export function revokeApiToken(store: Store, id: number): Promise<ApiToken | Refusal<VendorRefusalCode>> {
  const ref = { kind: "api_token", field: "id", value: id } as const;
  return store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "api_token", ref, (token) => ({ ...token, isRevoked: true })),
  );
}
