import { FieldInput } from "../../parts/field-input.tsx";
import { useFoundChoices } from "../../parts/found-choices.ts";
import type { Fields } from "../../parts/use-fields.ts";

/** The fields of a bundle. */
export function BundleForm({ fields: { bind } }: { readonly fields: Fields }) {
  const products = useFoundChoices("product list", "code", ({ code, name }) => ({
    value: code,
    label: name === code ? code : `${name} (${code})`,
  }));
  return (
    <>
      <FieldInput {...bind("name")} about="As people know it." />
      <FieldInput {...bind("code")} about="What applications name it by. Fixed once a license was issued with it." />
      <FieldInput
        {...bind("product_codes")}
        label="Products"
        about="All of them activated by keys, or all by license users. Licenses are issued in this order."
        choices={products.data}
        onSearch={products.onSearchChange}
      />
    </>
  );
}
