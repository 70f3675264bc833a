import type { ApiToken } from "../../../domain/admin.ts";
import * as operations from "../../../management/operations/tokens.ts";
import { createApiToken, revokeApiToken } from "../../../use-cases/admins/api-tokens.ts";
import { checkGrant } from "../access/authorize.ts";
import { tokenToWire } from "../admin-objects.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord } from "../record-reply.ts";

/** API tokens. Their texts are shown when they are made, and never again. */
export function tokenHandlers({ store }: ManagementContext): readonly Bound[] {
  return [
    bindList(operations.listTokens, async () => ({
      items: await store.records("api_token"),
      fields: recordFieldsOf<ApiToken>(operations.listTokens.list),
      toWire: tokenToWire,
    })),
    bind(
      operations.createToken,
      async ({ body, caller, store: asked }) => {
        const { name, role, scopes, expires_at } = body;
        checkGrant(caller, scopes ?? null);
        const expiresAt = typeof expires_at === "string" ? Date.parse(expires_at) : null;
        const made = await createApiToken(asked, { name, role, scopes, expiresAt });
        return "refused" in made ? made : { ...tokenToWire(made.apiToken), token: made.token };
      },
      {
        async again(value) {
          const token = await findRecord(store, { kind: "api_token", field: "id", value });
          return "refused" in token ? token : { ...tokenToWire(token), token: null };
        },
      },
    ),
    bind(operations.revokeToken, ({ params, store: asked }) => revokeApiToken(asked, params.token)),
  ];
}
