import { SimpleGrid } from "@mantine/core";
import { FieldInput } from "../../parts/field-input.tsx";
import type { Fields } from "../../parts/use-fields.ts";

/** In the order in which people ask for them. */
const FIELDS = [
  "company_name",
  "email",
  "first_name",
  "last_name",
  "phone",
  "address",
  "postcode",
  "city",
  "state",
  "country",
  "reference",
  "account_code",
] as const;

/** What is known of a customer: two fields a row, where there is room. */
export function CustomerForm({ fields }: { readonly fields: Fields }) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
        {FIELDS.map((name) => (
          <FieldInput key={name} {...fields.bind(name)} label={name === "state" ? "State or region" : undefined} />
        ))}
      </SimpleGrid>
      <FieldInput {...fields.bind("metadata")} about="Whatever else you want to keep, as a JSON object" />
    </>
  );
}
