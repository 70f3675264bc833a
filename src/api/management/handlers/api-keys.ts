import type { ApiKey } from "../../../domain/credential.ts";
import * as operations from "../../../management/operations/api-keys.ts";
import { changeApiKey } from "../../../use-cases/vendor/keys/change-api-key.ts";
import { createApiKey } from "../../../use-cases/vendor/keys/create-api-key.ts";
import { revokeApiKey } from "../../../use-cases/vendor/keys/revoke-api-key.ts";
import { rotateSharedKey } from "../../../use-cases/vendor/keys/rotate-shared-key.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { fromWire, toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";

const etagOf = ({ key: value }: { readonly key: string }) => ({ kind: "api_key", field: "key", value }) as const;
const apiKeyToWire = (apiKey: ApiKey) => toWire(apiKey, ["sharedKeys"]);
const withSecret = (shared_key: string | null) => (apiKey: ApiKey) => ({ ...apiKeyToWire(apiKey), shared_key });

/** API keys. Their shared keys are shown when they are made, and never again. */
export function apiKeyHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  return [
    bindList(operations.listApiKeys, async () => ({
      items: await store.records("api_key"),
      fields: recordFieldsOf<ApiKey>(operations.listApiKeys.list),
      toWire: apiKeyToWire,
    })),
    bind(
      operations.createApiKey,
      async ({ body, store: asked }) => {
        const made = await createApiKey({ store: asked, secrets }, fromWire(body) as never);
        return "refused" in made ? made : showRecord(made.apiKey, withSecret(made.sharedKey));
      },
      {
        again: async (value) =>
          showRecord(await findRecord(store, { kind: "api_key", field: "id", value }), withSecret(null)),
      },
    ),
    bind(operations.showApiKey, async ({ params }) =>
      showRecord(await findRecord(store, etagOf(params)), apiKeyToWire),
    ),
    bind(
      operations.updateApiKey,
      async ({ params, body, store: asked }) =>
        showRecord(await changeApiKey({ store: asked, secrets }, params.key, fromWire(body)), apiKeyToWire),
      { etagOf },
    ),
    bind(
      operations.rotateApiKey,
      async ({ params, store: asked }) => {
        const rotated = await rotateSharedKey({ store: asked, secrets }, params.key);
        if ("refused" in rotated) return rotated;
        return showRecord(await findRecord(store, etagOf(params)), withSecret(rotated.sharedKey));
      },
      { etagOf },
    ),
    bind(operations.revokeApiKey, ({ params, store: asked }) => revokeApiKey({ store: asked, secrets }, params.key), {
      etagOf,
    }),
  ];
}
