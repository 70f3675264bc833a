import type { OauthClient } from "../../../domain/credential.ts";
import * as operations from "../../../management/operations/oauth-clients.ts";
import { changeOauthClient } from "../../../use-cases/vendor/keys/change-oauth-client.ts";
import { createOauthClient } from "../../../use-cases/vendor/keys/create-oauth-client.ts";
import { revokeOauthClient } from "../../../use-cases/vendor/keys/revoke-oauth-client.ts";
import { rotateOauthSecret } from "../../../use-cases/vendor/keys/rotate-oauth-secret.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { fromWire, toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";

const etagOf = ({ client: value }: { readonly client: string }) =>
  ({ kind: "oauth_client", field: "clientId", value }) as const;
const oauthClientToWire = (oauthClient: OauthClient) => toWire(oauthClient, ["secrets"]);
const withSecret = (client_secret: string | null) => (oauthClient: OauthClient) => ({
  ...oauthClientToWire(oauthClient),
  client_secret,
});

/** OAuth clients. Their secrets are shown when they are made, and never again. */
export function oauthClientHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  return [
    bindList(operations.listOauthClients, async () => ({
      items: await store.records("oauth_client"),
      fields: recordFieldsOf<OauthClient>(operations.listOauthClients.list),
      toWire: oauthClientToWire,
    })),
    bind(
      operations.createOauthClient,
      async ({ body, store: asked }) => {
        const made = await createOauthClient({ store: asked, secrets }, fromWire(body) as never);
        return "refused" in made ? made : showRecord(made.client, withSecret(made.clientSecret));
      },
      {
        again: async (value) =>
          showRecord(await findRecord(store, { kind: "oauth_client", field: "id", value }), withSecret(null)),
      },
    ),
    bind(operations.showOauthClient, async ({ params }) =>
      showRecord(await findRecord(store, etagOf(params)), oauthClientToWire),
    ),
    bind(
      operations.updateOauthClient,
      async ({ params, body, store: asked }) =>
        showRecord(
          await changeOauthClient({ store: asked, secrets }, params.client, fromWire(body)),
          oauthClientToWire,
        ),
      { etagOf },
    ),
    bind(
      operations.rotateOauthClient,
      async ({ params, store: asked }) => {
        const rotated = await rotateOauthSecret({ store: asked, secrets }, params.client);
        if ("refused" in rotated) return rotated;
        return showRecord(await findRecord(store, etagOf(params)), withSecret(rotated.clientSecret));
      },
      { etagOf },
    ),
    bind(
      operations.revokeOauthClient,
      ({ params, store: asked }) => revokeOauthClient({ store: asked, secrets }, params.client),
      { etagOf },
    ),
  ];
}
