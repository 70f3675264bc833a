import type { SigningKey } from "../../../domain/credential.ts";
import * as operations from "../../../management/operations/signing-keys.ts";
import { retireSigningKey } from "../../../use-cases/vendor/keys/retire-signing-key.ts";
import { rotateSigningKey } from "../../../use-cases/vendor/keys/rotate-signing-key.ts";
import type { VendorKeys } from "../../../use-cases/vendor/keys/vendor-keys.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";

const etagOf = ({ key: value }: { readonly key: number }) => ({ kind: "signing_key", field: "id", value }) as const;
const keyToWire = (key: SigningKey) => toWire(key, ["privateKey"]);

/** The vendor's own key pairs; private keys leave the server in no reply. */
export function signingKeyHandlers({
  store,
  secrets,
  keys,
}: VendorContext & { readonly keys: VendorKeys }): readonly Bound[] {
  return [
    bindList(operations.listSigningKeys, async () => ({
      items: await store.records("signing_key"),
      fields: recordFieldsOf<SigningKey>(operations.listSigningKeys.list),
      toWire: keyToWire,
    })),
    bind(operations.showSigningKey, async ({ params }) =>
      showRecord(await findRecord(store, etagOf(params)), keyToWire),
    ),
    bind(operations.rotateSigningKey, async ({ store: asked }) =>
      showRecord(await rotateSigningKey({ store: asked, secrets }, keys), keyToWire),
    ),
    bind(
      operations.retireSigningKey,
      async ({ params, store: asked }) =>
        showRecord(await retireSigningKey({ store: asked, secrets }, keys, params.key), keyToWire),
      { etagOf },
    ),
    bind(operations.exportSigningKeys, ({ reply }) =>
      reply.type("application/x-pem-file").send(keys.publicKeys.join("")),
    ),
  ];
}
