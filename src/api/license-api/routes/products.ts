// GET /api/v4/products
// SPEC: DEV-9
import Type from "typebox";
import { listProducts } from "../../../use-cases/vendor/devices/show-product.ts";
import { defineRoute } from "../../http/route.ts";
import { type CallerOf, productsOf } from "../caller.ts";
import type { LicenseApiContext } from "../context.ts";
import { ProductFeatureObject, ProductObject, productFeatureToWire, productToWire } from "../product-object.ts";

export function products(context: LicenseApiContext, callerOf: CallerOf) {
  return defineRoute({
    name: "products",
    summary: "List the products that the application may ask about, but for archived ones",
    section: "Products",
    methods: ["GET"],
    paths: ["/api/v4/products"],
    reply: Type.Array(Type.Object({ ...ProductObject.properties, product_features: Type.Array(ProductFeatureObject) })),
    refuses: [],
    access: { role: "application" },
    changes: false,
    async handle(_input, request) {
      const listed = await listProducts(context, productsOf(callerOf, request));
      return listed.map((product) => ({
        ...productToWire(product),
        product_features: product.features.map(productFeatureToWire),
      }));
    },
  });
}
