import { NamedValuesInput } from "../../parts/named-values-input.tsx";

/** A field that a vendor adds to its licenses. */
export interface CustomField {
  readonly name: string;
  readonly value: unknown;
}

/** Custom fields as texts; a value that is not touched stays what it is. */
export function CustomFieldsInput({
  value,
  onChange,
  error,
}: {
  readonly value: readonly CustomField[];
  onChange(value: readonly CustomField[]): void;
  readonly error?: string | undefined;
}) {
  const known = new Map(value.map((each) => [`${each.name}\n${asText(each.value)}`, each.value]));
  return (
    <NamedValuesInput
      label="Custom fields"
      about="Carried to applications and floating servers, and not looked at."
      rows={value.map((each) => ({ name: each.name, value: asText(each.value) }))}
      onChange={(rows) =>
        onChange(rows.map((row) => ({ name: row.name, value: known.get(`${row.name}\n${row.value}`) ?? row.value })))
      }
      error={error}
    />
  );
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
