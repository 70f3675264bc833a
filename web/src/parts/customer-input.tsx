import type { FieldInputProps } from "./field-input.tsx";
import { customerKind } from "./record-kinds.ts";
import { RecordSelect } from "./record-select.tsx";

/** Chooses the customer that a field names. */
export function CustomerInput({ field, value, onChange, error, about }: FieldInputProps) {
  return (
    <RecordSelect
      kind={customerKind}
      label="Customer"
      about={about}
      error={error}
      isRequired={field.isRequired === true}
      placeholder="Type a company or an e-mail address"
      value={typeof value === "number" ? String(value) : null}
      onChange={(next) => onChange(next === null ? null : Number(next))}
    />
  );
}
