import { refuse } from "../../../domain/outcome.ts";
import type { ProductFeature, VendorProduct } from "../../../domain/product.ts";
import * as operations from "../../../management/operations/products.ts";
import { addProductFeature } from "../../../use-cases/vendor/products/add-product-feature.ts";
import { changeProduct } from "../../../use-cases/vendor/products/change-product.ts";
import { changeProductFeature } from "../../../use-cases/vendor/products/change-product-feature.ts";
import { createProduct } from "../../../use-cases/vendor/products/create-product.ts";
import { deleteProduct } from "../../../use-cases/vendor/products/delete-product.ts";
import { removeProductFeature } from "../../../use-cases/vendor/products/remove-product-feature.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList, Tagged } from "../bind.ts";
import { fromWire, toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";
import { termsFromWire, toFlatWire } from "../terms.ts";

const productRef = ({ product: value }: { readonly product: string }) =>
  ({ kind: "product", field: "code", value }) as const;

function productToWire(product: VendorProduct) {
  const { trial, features } = product;
  return {
    ...toWire(product),
    trial: trial === null ? null : toWire(trial),
    features: features.map(toFlatWire),
  };
}

/** Products and their features. */
export function productHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  const find = (value: string) => findRecord(store, { kind: "product", field: "code", value });
  return [
    bindList(operations.listProducts, async () => ({
      items: await store.records("product"),
      fields: recordFieldsOf<VendorProduct>(operations.listProducts.list),
      toWire: productToWire,
    })),
    bind(
      operations.createProduct,
      async ({ body, store: asked }) =>
        showRecord(await createProduct({ store: asked, secrets }, productFromWire(body) as never), productToWire),
      {
        again: async (value) =>
          showRecord(await findRecord(store, { kind: "product", field: "id", value }), productToWire),
      },
    ),
    bind(operations.showProduct, async ({ params }) => showRecord(await find(params.product), productToWire)),
    bind(
      operations.updateProduct,
      async ({ params, body, store: asked }) =>
        showRecord(
          await changeProduct({ store: asked, secrets }, params.product, productFromWire(body) as never),
          productToWire,
        ),
      { etagOf: productRef },
    ),
    bind(
      operations.deleteProduct,
      ({ params, store: asked }) => deleteProduct({ store: asked, secrets }, params.product),
      { etagOf: productRef },
    ),
    bindList(operations.listFeatures, async ({ params }) => {
      const product = await find(params.product);
      if ("refused" in product) return product;
      const fields = recordFieldsOf<ProductFeature>(operations.listFeatures.list);
      return { items: product.features, fields, toWire: toFlatWire };
    }),
    bind(operations.createFeature, async ({ params, body, store: asked }) => {
      const changed = await addProductFeature({ store: asked, secrets }, params.product, termsFromWire(body) as never);
      return "refused" in changed ? changed : showFeature(changed, body.code);
    }),
    bind(operations.showFeature, async ({ params }) => {
      const product = await find(params.product);
      return "refused" in product ? product : showFeature(product, params.feature);
    }),
    bind(
      operations.updateFeature,
      async ({ params, body, store: asked }) => {
        const patch = (earlier: ProductFeature) => termsFromWire(body, earlier);
        const changed = await changeProductFeature({ store: asked, secrets }, params.product, params.feature, patch);
        return "refused" in changed ? changed : showFeature(changed, body.code ?? params.feature);
      },
      { etagOf: productRef },
    ),
    bind(
      operations.deleteFeature,
      ({ params, store: asked }) => removeProductFeature({ store: asked, secrets }, params.product, params.feature),
      { etagOf: productRef },
    ),
  ];
}

/** A feature changes with its product, so that its ETag is the product's. */
function showFeature(product: VendorProduct, code: string) {
  const feature = product.features.find((each) => each.code === code);
  return feature === undefined ? refuse("does_not_exist", `feature ${code}`) : new Tagged(product, toFlatWire(feature));
}

function productFromWire({ trial, ...body }: Readonly<Record<string, unknown>> & { readonly trial?: object | null }) {
  const terms =
    trial === undefined || trial === null
      ? trial
      : { isEmailRequired: false, policyId: null, ...fromWire(trial as never) };
  return { ...fromWire(body), ...(trial !== undefined && { trial: terms }) };
}
