import type { License } from "../../../domain/license.ts";
import { isRefusal, refuse } from "../../../domain/outcome.ts";
import type { FeatureOverride } from "../../../domain/product.ts";
import * as operations from "../../../management/operations/licenses.ts";
import type { Store } from "../../../store/store.ts";
import { assignUser, unassignUser } from "../../../use-cases/vendor/licenses/assign-user.ts";
import { changeLicense } from "../../../use-cases/vendor/licenses/change-license.ts";
import { issueLicense } from "../../../use-cases/vendor/licenses/issue-license.ts";
import {
  deleteLicense,
  disableLicense,
  enableLicense,
  resetLicense,
} from "../../../use-cases/vendor/licenses/set-license-state.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList, Tagged } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import { licenseToWire } from "../license-object.ts";
import type { ItemFields } from "../list-query.ts";
import { fromWire } from "../names.ts";
import { termsFromWire } from "../terms.ts";

/** Read from the domain's license: an object for the wire is made of what is on the page only. */
const fields: ItemFields<License> = {
  id: ({ id }) => id,
  product: ({ product }) => product.code,
  key: ({ details }) => details.key,
  type: ({ type }) => type,
  is_active: ({ active }) => active,
  is_enabled: ({ enabled }) => enabled,
  valid_until: ({ validUntil }) => validUntil,
  customer_id: ({ issued }) => issued?.customerId,
  order_id: ({ issued }) => issued?.orderId,
  policy_id: ({ issued }) => issued?.policyId,
  bundle: ({ issued }) => issued?.bundleCode,
  issued_at: ({ issued }) => issued?.at,
};

const etagOf = () => "license" as const;
const states = {
  enable: enableLicense,
  disable: disableLicense,
  reset: resetLicense,
  delete: deleteLicense,
} as const;

/** Licenses as both sides see them. */
export function licenseViewHandlers({ store }: ManagementContext): readonly Bound[] {
  return [
    bindList(operations.listLicenses, async () => ({
      items: await store.licenses(),
      fields,
      toWire: (license: License) => licenseToWire(license),
    })),
    bind(operations.showLicense, async ({ params }) => {
      const [license] = await store.findLicenses({ licenseId: params.license });
      return license === undefined ? refuse("does_not_exist", `license ${params.license}`) : show(store, license);
    }),
  ];
}

/** What a vendor does with licenses. */
export function licenseHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  const inState = (operation: typeof operations.enableLicense, change: typeof enableLicense) =>
    bind(
      operation,
      async ({ params, store: asked }) => reply(store, await change({ store: asked, secrets }, params.license)),
      { etagOf },
    );
  return [
    bind(
      operations.createLicense,
      async ({ body, store: asked }) => {
        const { product, policy_id, key, features, users, customer_id, order_id, metadata, custom_fields, ...terms } =
          body;
        const wish = {
          product,
          policyId: policy_id,
          key,
          terms: termsFromWire(terms),
          features: features?.map((feature) => termsFromWire(feature)) as never,
          users: users?.map((user) => fromWire(user)) as never,
          customerId: customer_id,
          orderId: order_id,
          metadata: metadata as never,
          customFields: custom_fields as never,
        };
        return reply(store, await issueLicense({ store: asked, secrets }, wish));
      },
      {
        async again(id) {
          const [license] = await store.findLicenses({ licenseId: id });
          return license === undefined ? refuse("does_not_exist", `license ${id}`) : show(store, license);
        },
      },
    ),
    bind(
      operations.updateLicense,
      async ({ params, body, store: asked }) => {
        const { features, customer_id, order_id, metadata, custom_fields, ...terms } = body;
        const change = {
          terms: (earlier: License) => termsFromWire(terms, earlier),
          features: features && ((earlier: License) => overridesFromWire(features, earlier)),
          customerId: customer_id,
          orderId: order_id,
          metadata: metadata as never,
          customFields: custom_fields as never,
        };
        return reply(store, await changeLicense({ store: asked, secrets }, params.license, change));
      },
      { etagOf },
    ),
    bind(
      operations.deleteLicense,
      ({ params, store: asked }) => deleteLicense({ store: asked, secrets }, params.license),
      { etagOf },
    ),
    inState(operations.enableLicense, enableLicense),
    inState(operations.disableLicense, disableLicense),
    inState(operations.resetLicense, resetLicense),
    bind(operations.bulkLicenses, async ({ body: { action, ids }, store: asked }) => {
      // Asked for in one turn, they share one commit where the store groups.
      const outcomes = await Promise.all(ids.map((id) => states[action]({ store: asked, secrets }, id)));
      const failed = outcomes.flatMap((outcome, at) =>
        isRefusal(outcome) ? [{ id: ids[at], code: outcome.refused }] : [],
      );
      return { done: ids.filter((_, at) => !isRefusal(outcomes[at] as License)), failed };
    }),
    bind(operations.assignUser, async ({ params, body, store: asked }) =>
      reply(
        store,
        await assignUser({ store: asked, secrets }, params.license, { username: params.username, ...fromWire(body) }),
      ),
    ),
    bind(operations.unassignUser, ({ params, store: asked }) =>
      unassignUser({ store: asked, secrets }, params.license, params.username),
    ),
  ];
}

/** What of a group of terms is not given stays as the license's own feature has it. */
function overridesFromWire(given: readonly { readonly code: string }[], { features }: License) {
  return given.map((override) => {
    const own = features.find(({ code }) => code === override.code);
    return termsFromWire(override, own) as unknown as FeatureOverride;
  });
}

async function reply(store: Store, outcome: Awaited<ReturnType<typeof enableLicense>>) {
  return "refused" in outcome ? outcome : show(store, outcome);
}

async function show(store: Store, license: License): Promise<Tagged> {
  return new Tagged(license, licenseToWire(license, await store.usage(license.id)));
}
