import { SimpleGrid } from "@mantine/core";
import { CustomerInput } from "../../parts/customer-input.tsx";
import { FieldInput } from "../../parts/field-input.tsx";
import type { Fields } from "../../parts/use-fields.ts";

/** What is known of a license user; the password only where one is made. */
export function UserForm({ fields }: { readonly fields: Fields }) {
  return (
    <>
      <FieldInput
        {...fields.bind("username")}
        label="User name"
        about="An e-mail address; behind a | a suffix tells two users of one address apart"
      />
      {fields.entries.has("password") && (
        <FieldInput
          {...fields.bind("password")}
          label="First password"
          about="Left empty, one is made and shown once. The user may choose another"
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <FieldInput {...fields.bind("first_name")} />
        <FieldInput {...fields.bind("last_name")} />
      </SimpleGrid>
      <FieldInput {...fields.bind("phone")} />
      <CustomerInput {...fields.bind("customer_id")} about="Where the user works; it may stay open" />
    </>
  );
}
