import { FieldInput } from "../../parts/field-input.tsx";
import { ConsumptionFields } from "../../parts/terms/consumption-fields.tsx";
import { FloatingFields } from "../../parts/terms/floating-fields.tsx";
import type { Fields } from "../../parts/use-fields.ts";

/** The terms of one feature of a license. @param fields of it, see `fieldsOfFeature` */
export function OverrideForm({ fields }: { readonly fields: Fields }) {
  return (
    <>
      <FloatingFields fields={fields} of="feature" />
      <ConsumptionFields fields={fields} />
      <FieldInput
        {...fields.bind("expires_at")}
        label="Expires"
        about="The feature ends then, whatever the license does. Left empty: with the license."
      />
      <FieldInput {...fields.bind("metadata")} about="Anything of your own, as JSON. Applications can read it." />
    </>
  );
}
