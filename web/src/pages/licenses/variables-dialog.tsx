import { Text } from "@mantine/core";
import type { ParamsOf } from "../../api/operation.ts";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { type NamedValue, NamedValuesInput, problemsOfNames } from "../../parts/named-values-input.tsx";
import type { Values } from "../../parts/use-fields.ts";

/** Sets variables of a device. Those that are there keep their names: a variable cannot be taken away. */
export function VariablesDialog({ params, onClose }: { readonly params: ParamsOf<"device show">; onClose(): void }) {
  return (
    <EditDialog
      show="device show"
      operation="device set-variables"
      params={params}
      title="Set variables of this device"
      verb="Set variables"
      done="The variables are set"
      size="lg"
      toInitial={({ variables }) => {
        const rows = variables.map(({ name, value }) => ({ name, value }));
        // A list while they are typed; the API takes values by their names.
        return { variables: rows, asTheyWere: rows };
      }}
      problems={({ variables }) => problemsOfNames("variables", rowsOf(variables))}
      toBody={({ variables }, { asTheyWere }) => ({ variables: changedOf(rowsOf(variables), rowsOf(asTheyWere)) })}
      onClose={onClose}
    >
      {(fields) => (
        <>
          <Text size="sm">
            What the application on {params.device} reads. A value can be changed and a variable added; none can be
            taken away.
          </Text>
          <NamedValuesInput
            label="Variables"
            rows={rowsOf(fields.values["variables"])}
            fixed={rowsOf(fields.values["asTheyWere"]).length}
            onChange={(variables) => fields.set({ variables })}
            error={fields.bind("variables").error}
          />
        </>
      )}
    </EditDialog>
  );
}

function rowsOf(value: unknown): readonly NamedValue[] {
  return (value ?? []) as readonly NamedValue[];
}

function changedOf(rows: readonly NamedValue[], before: readonly NamedValue[]): Values {
  const isChanged = ({ name, value }: NamedValue) => before.find((each) => each.name === name)?.value !== value;
  return Object.fromEntries(rows.filter(isChanged).map(({ name, value }) => [name, value]));
}
