import { Checkbox, MultiSelect } from "@mantine/core";
import { useReply } from "../../api/queries.ts";
import { FieldInput } from "../../parts/field-input.tsx";
import type { Fields } from "../../parts/use-fields.ts";

/** What a credential is for, and what it may do. */
export function CredentialForm({ fields }: { readonly fields: Fields }) {
  return (
    <>
      <FieldInput {...fields.bind("name")} about="What it is for: the application that gets it" />
      <FieldInput
        {...fields.bind("is_read_only")}
        label="Read only"
        about="It may check and list, and change nothing: no activation, no check-out, no consumption"
      />
      <ProductsField {...fields.bind("products")} />
    </>
  );
}

function ProductsField({
  value,
  onChange,
  error,
}: {
  readonly value: unknown;
  readonly error: string | undefined;
  onChange(value: unknown): void;
}) {
  const { data } = useReply("product list", { query: { limit: "500", order: "code" } });
  const products = value as readonly string[] | null | undefined;
  const isAll = products == null;
  return (
    <>
      <Checkbox
        label="All products"
        description="Those that are made later, too"
        checked={isAll}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : [])}
      />
      {!isAll && (
        <MultiSelect
          label="Products it may ask about"
          description={products.length === 0 ? "None yet: it may ask about no product" : undefined}
          inputWrapperOrder={["label", "input", "description", "error"]}
          error={error}
          data={data?.reply.data.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })) ?? []}
          value={[...products]}
          onChange={onChange}
          searchable
        />
      )}
    </>
  );
}
