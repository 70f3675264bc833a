import { customerKind, orderKind } from "../../parts/record-kinds.ts";
import { RecordSelect } from "../../parts/record-select.tsx";
import type { Fields } from "../../parts/use-fields.ts";

/** Whom a license is for, and what it was bought by. */
export function CustomerAndOrder({ fields }: { readonly fields: Fields }) {
  const chosen = (name: string) => {
    const { value, field, onChange, error } = fields.bind(name);
    const none = field.isNullable === true ? null : undefined;
    return {
      value: typeof value === "number" ? String(value) : null,
      onChange: (next: string | null) => onChange(next === null ? none : Number(next)),
      error,
    };
  };
  return (
    <>
      <RecordSelect
        kind={customerKind}
        label="Customer"
        about="License files carry the customer's names."
        placeholder="Type a company or an e-mail address"
        {...chosen("customer_id")}
      />
      <RecordSelect
        kind={orderKind}
        label="Order"
        about="The purchase it came by, with the shop's number."
        placeholder="Type the shop's number"
        {...chosen("order_id")}
      />
    </>
  );
}
