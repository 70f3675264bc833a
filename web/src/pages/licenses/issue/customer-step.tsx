import { Group, Stack } from "@mantine/core";
import { useState } from "react";
import { ActionButton } from "../../../parts/action-button.tsx";
import { FieldInput } from "../../../parts/field-input.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import type { Fields } from "../../../parts/use-fields.ts";
import { CustomFieldsInput } from "../custom-fields-input.tsx";
import { CustomerAndOrder } from "../customer-and-order.tsx";
import { customFieldsOf } from "../edit-details-dialog.tsx";
import type { Product } from "./draft.ts";
import { UsersInput } from "./users-input.tsx";

/** Whom the license is for, who may activate it, and what is attached. */
export function CustomerStep({ fields, product }: { readonly fields: Fields; readonly product: Product }) {
  const [added, setAdded] = useState<"customer" | "order">();
  const close = () => setAdded(undefined);
  return (
    <Stack>
      <CustomerAndOrder fields={fields} />
      <Group gap="xs">
        <ActionButton operation="customer create" variant="default" size="xs" onClick={() => setAdded("customer")}>
          Add customer
        </ActionButton>
        <ActionButton operation="order create" variant="default" size="xs" onClick={() => setAdded("order")}>
          Add order
        </ActionButton>
      </Group>
      {product.authorization_method === "user" ? (
        <UsersInput fields={fields} />
      ) : (
        <FieldInput
          {...fields.bind("key")}
          label="License key"
          about="Left empty: a new one is made, like ABCD-EFGH-JKLM-NPQR."
        />
      )}
      <CustomFieldsInput
        value={customFieldsOf(fields.values)}
        onChange={(custom_fields) => fields.set({ custom_fields })}
        error={fields.bind("custom_fields").error}
      />
      <FieldInput {...fields.bind("metadata")} about="Anything of your own, as JSON. Applications can read it." />
      {added === "customer" && (
        <FormDialog
          operation="customer create"
          title="Add customer"
          verb="Add customer"
          fields={["company_name", "email", "first_name", "last_name", "reference"]}
          done="The customer is there"
          onClose={close}
          onDone={({ id }) => fields.set({ customer_id: id })}
        />
      )}
      {added === "order" && (
        <FormDialog
          operation="order create"
          title="Add order"
          verb="Add order"
          fields={["store_id"]}
          done="The order is there"
          onClose={close}
          onDone={({ id }) => fields.set({ order_id: id })}
        />
      )}
    </Stack>
  );
}
