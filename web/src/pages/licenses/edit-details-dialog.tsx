import { EditDialog } from "../../parts/edit-dialog.tsx";
import { FieldInput } from "../../parts/field-input.tsx";
import { problemsOfNames } from "../../parts/named-values-input.tsx";
import type { Values } from "../../parts/use-fields.ts";
import { type CustomField, CustomFieldsInput } from "./custom-fields-input.tsx";
import { CustomerAndOrder } from "./customer-and-order.tsx";

/** Changes whose a license is, and what is attached to it. */
export function EditDetailsDialog({ license, onClose }: { readonly license: number; onClose(): void }) {
  return (
    <EditDialog
      show="license show"
      operation="license update"
      params={{ license }}
      title="Edit details"
      verb="Save"
      done="The details are changed"
      size="lg"
      toInitial={(reply) => reply}
      problems={(values) => problemsOfNames("custom_fields", customFieldsOf(values))}
      onClose={onClose}
    >
      {(fields) => (
        <>
          <CustomerAndOrder fields={fields} />
          <CustomFieldsInput
            value={customFieldsOf(fields.values)}
            onChange={(custom_fields) => fields.set({ custom_fields })}
            error={fields.bind("custom_fields").error}
          />
          <FieldInput {...fields.bind("metadata")} about="Anything of your own, as JSON. Applications can read it." />
        </>
      )}
    </EditDialog>
  );
}

export function customFieldsOf({
  custom_fields: value,
}: Values): readonly (CustomField & { readonly value: string })[] {
  return (value ?? []) as never;
}
