// GET /api/v4/product_details
// SPEC: LIC-1
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { showProduct } from "../../../use-cases/vendor/devices/show-product.ts";
import { Name, Nullable, OptionalBoolean, OptionalName, toBoolean } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { ProductObject, productToWire } from "../product-object.ts";

const Reply = Type.Object({
  ...ProductObject.properties,
  latest_version: Type.Optional(
    Nullable(Type.String({ description: "where asked for; null where the product has no version" })),
  ),
  custom_fields: Type.Optional(
    Type.Array(Type.Object({ name: Type.String(), value: Type.Unknown() }), { description: "where asked for" }),
  ),
});

export function productDetails(context: LicenseApiContext) {
  return defineRoute({
    name: "productDetails",
    summary: "Show a product",
    section: "Products",
    methods: ["GET"],
    paths: ["/api/v4/product_details"],
    input: Type.Object({
      product: Name("product code"),
      include_latest_version: OptionalBoolean("whether to give `latest_version`"),
      include_custom_fields: OptionalBoolean("whether to give `custom_fields`"),
      env: OptionalName("environment of the latest version; left out: of any"),
    }),
    reply: Reply,
    refuses: ["unknown_product"],
    access: { role: "application" },
    changes: false,
    async handle(input) {
      const shown = await showProduct(context, input.product, input.env ?? undefined);
      if (isRefusal(shown)) return shown;
      const { product, latest } = shown;
      return {
        ...productToWire(product),
        ...(toBoolean(input.include_latest_version) && { latest_version: latest?.version ?? null }),
        ...(toBoolean(input.include_custom_fields) && {
          custom_fields: product.customFields.map(({ name, value }) => ({ name, value })),
        }),
      };
    },
  });
}
