import type { License } from "../../../domain/license.ts";
import { type Refusal, refuse } from "../../../domain/outcome.ts";
import type { Bundle } from "../../../domain/product.ts";
import * as operations from "../../../management/operations/bundles.ts";
import type { Store } from "../../../store/store.ts";
import { issueBundle } from "../../../use-cases/vendor/licenses/issue-bundle.ts";
import { changeBundle } from "../../../use-cases/vendor/products/change-bundle.ts";
import { createBundle } from "../../../use-cases/vendor/products/create-bundle.ts";
import { deleteBundle } from "../../../use-cases/vendor/products/delete-bundle.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { fromWire, toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";
import { termsFromWire } from "../terms.ts";

const etagOf = ({ bundle: value }: { readonly bundle: string }) => ({ kind: "bundle", field: "code", value }) as const;

/** Bundles, and the licenses issued with them. */
export function bundleHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  return [
    bindList(operations.listBundles, async () => ({
      items: await store.records("bundle"),
      fields: recordFieldsOf<Bundle>(operations.listBundles.list),
      toWire,
    })),
    bind(
      operations.createBundle,
      async ({ body, store: asked }) =>
        showRecord(await createBundle({ store: asked, secrets }, fromWire(body) as never), toWire),
      { again: async (value) => showRecord(await findRecord(store, { kind: "bundle", field: "id", value }), toWire) },
    ),
    bind(operations.showBundle, async ({ params }) => showRecord(await findRecord(store, etagOf(params)), toWire)),
    bind(
      operations.updateBundle,
      async ({ params, body, store: asked }) =>
        showRecord(await changeBundle({ store: asked, secrets }, params.bundle, fromWire(body)), toWire),
      { etagOf },
    ),
    bind(
      operations.deleteBundle,
      ({ params, store: asked }) => deleteBundle({ store: asked, secrets }, params.bundle),
      { etagOf },
    ),
    bind(
      operations.issueBundle,
      async ({ params, body: { key, users, customer_id, order_id, metadata, ...terms }, store: asked }) => {
        const issued = await issueBundle(
          { store: asked, secrets },
          {
            bundle: params.bundle,
            key,
            users: users?.map((user) => fromWire(user)) as never,
            terms: termsFromWire(terms),
            customerId: customer_id,
            orderId: order_id,
            metadata,
          },
        );
        return "refused" in issued ? issued : issuedToWire(issued);
      },
      { again: async (id) => issuedAgain(store, id) },
    ),
  ];
}

function issuedToWire(licenses: readonly License[]) {
  return {
    key: licenses[0]?.details.key ?? null,
    licenses: licenses.map(({ id, product }) => ({ id, product: product.code })),
  };
}

/** Licenses of one commit have ids that follow each other, and one time and key. */
async function issuedAgain(store: Store, firstId: number): Promise<object | Refusal<"does_not_exist">> {
  const [first] = await store.findLicenses({ licenseId: firstId });
  if (first === undefined) return refuse("does_not_exist", `license ${firstId}`);
  const ofBundle = await store.findLicenses({ bundleCode: first.issued?.bundleCode ?? undefined });
  const issued = ofBundle.filter(({ id, issued: at, details }) => {
    return id >= firstId && at?.at === first.issued?.at && details.key === first.details.key;
  });
  return issuedToWire(issued);
}
