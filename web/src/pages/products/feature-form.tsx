import { SimpleGrid } from "@mantine/core";
import { FieldInput } from "../../parts/field-input.tsx";
import { ConsumptionFields } from "../../parts/terms/consumption-fields.tsx";
import { FloatingFields } from "../../parts/terms/floating-fields.tsx";
import type { Fields } from "../../parts/use-fields.ts";

/** The fields of a product feature; those that mean nothing beside the others are hidden. */
export function FeatureForm({ fields }: { readonly fields: Fields }) {
  const { bind } = fields;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <FieldInput {...bind("name")} about="As people know it." />
        <FieldInput
          {...bind("code")}
          about="What applications name it by. It is fixed once a license or a policy has the feature."
        />
      </SimpleGrid>
      <FieldInput
        {...bind("type")}
        mustChoose
        about="Activation: a license has it or not. Consumption: its use is counted, up to a maximum."
      />
      <FloatingFields fields={fields} of="feature" />
      <ConsumptionFields fields={fields} />
      <FieldInput {...bind("metadata")} about="Anything of your own, as JSON. Applications can read it." />
    </>
  );
}
