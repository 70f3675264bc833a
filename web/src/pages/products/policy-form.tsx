import { SimpleGrid } from "@mantine/core";
import type { FeatureOverrides } from "../../../../schemas/management.d.ts";
import { FieldInput } from "../../parts/field-input.tsx";
import { ConsumptionFields } from "../../parts/terms/consumption-fields.tsx";
import { DeviceFields } from "../../parts/terms/device-fields.tsx";
import { FeatureOverridesField } from "../../parts/terms/feature-overrides-field.tsx";
import { FloatingFields } from "../../parts/terms/floating-fields.tsx";
import { ValidityFields } from "../../parts/terms/validity-fields.tsx";
import type { Fields } from "../../parts/use-fields.ts";
import type { Product } from "./product-state.tsx";

/** The fields of a policy: what a license is issued with. */
export function PolicyForm({ fields, product }: { readonly fields: Fields; readonly product: Product }) {
  const { bind } = fields;
  const { value, onChange, error } = bind("features");
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <FieldInput {...bind("name")} about="As people know it." />
        <FieldInput {...bind("code")} about="Unique among the policies of the product." />
      </SimpleGrid>
      <ValidityFields fields={fields} />
      <ConsumptionFields fields={fields} />
      <FloatingFields fields={fields} of="license" />
      <DeviceFields fields={fields} hasUsers={product.authorization_method === "user"} />
      <FeatureOverridesField
        features={product.features}
        value={(value as FeatureOverrides | null | undefined) ?? null}
        onChange={onChange}
        error={error}
      />
    </>
  );
}
