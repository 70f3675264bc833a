import { CustomerInput } from "../../parts/customer-input.tsx";
import { FieldInput } from "../../parts/field-input.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import type { Fields } from "../../parts/use-fields.ts";

export function AddOrderDialog({
  customerId,
  onClose,
}: {
  /** Whose it is, where that is known. */
  readonly customerId?: number;
  onClose(): void;
}) {
  return (
    <FormDialog
      operation="order create"
      title="Add order"
      verb="Add order"
      {...(customerId !== undefined && { defaults: { customer_id: customerId } })}
      done="The order is there"
      onClose={onClose}
    >
      {(fields) => <OrderForm fields={fields} />}
    </FormDialog>
  );
}

export function OrderForm({ fields }: { readonly fields: Fields }) {
  return (
    <>
      <FieldInput
        {...fields.bind("store_id")}
        label="Order number"
        about="The number your shop gave the sale. No two orders have the same"
      />
      <CustomerInput {...fields.bind("customer_id")} about="Who bought; it may stay open" />
    </>
  );
}
