import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { fieldErrors, toProblem } from "../../api/problem.ts";
import { useChange } from "../../api/queries.ts";
import { useWhyNot } from "../../app/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { TabHead } from "../../parts/tab-head.tsx";
import { told } from "../../parts/told.ts";
import { CustomFieldRow } from "./custom-field-row.tsx";
import { type FieldRow, isReady, rowOf, sentOf } from "./field-rows.ts";
import type { Product } from "./product-state.tsx";

/** What was typed, over the product as it was when the typing began. */
interface Draft {
  readonly rows: readonly FieldRow[];
  readonly etag: string | null;
}

/** Fields of the vendor's own that every license of the product is issued with. */
export function CustomFieldsTab({ product, etag }: { readonly product: Product; readonly etag: string | null }) {
  const [draft, setDraft] = useState<Draft>();
  const change = useChange("product update");
  const mayNot = useWhyNot("product update") !== undefined;
  const rows = draft?.rows ?? product.custom_fields.map(rowOf);
  const edit = (next: readonly FieldRow[]) => setDraft({ rows: next, etag: draft?.etag ?? etag });
  const given = {
    params: { product: product.code },
    body: { custom_fields: rows.map((row) => ({ name: row.name.trim(), value: sentOf(row) })) },
  };
  const save = () =>
    change.mutate(
      { ...given, etag: draft?.etag ?? null },
      {
        onSuccess: () => {
          told("The custom fields are saved");
          setDraft(undefined);
        },
      },
    );
  const forget = () => {
    change.reset();
    setDraft(undefined);
  };
  const errors = change.isError ? fieldErrors(toProblem(change.error)) : {};
  const add = (
    <ActionButton
      operation="product update"
      variant="default"
      onClick={() => edit([...rows, { name: "", text: "", kind: "text" }])}
    >
      Add field
    </ActionButton>
  );
  return (
    <Stack gap="sm">
      <TabHead
        title="Custom fields"
        about="Every license is issued with them, unless its order says otherwise. Applications and license files carry them."
        actions={rows.length > 0 && add}
      />
      {rows.length === 0 && (
        <EmptyState title="No custom fields" action={add}>
          A custom field is a name with a value of your own: a contract number, a region, a limit that your program
          reads.
        </EmptyState>
      )}
      {rows.map((row, at) => (
        <CustomFieldRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
          key={at}
          at={at + 1}
          row={row}
          isDisabled={mayNot}
          error={nameProblem(rows, at) ?? errors[`custom_fields.${at}.name`]}
          onChange={(next) => edit(rows.map((each, index) => (index === at ? next : each)))}
          onRemove={() => edit(rows.filter((_, index) => index !== at))}
        />
      ))}
      {change.isError && <ProblemAlert error={change.error} />}
      {draft !== undefined && (
        <Group justify="space-between">
          <CommandHint operation="product update" given={given} />
          <Group gap="xs">
            <Button variant="default" onClick={forget}>
              Discard changes
            </Button>
            <Button
              onClick={save}
              loading={change.isPending}
              disabled={!rows.every((row, at) => isReady(row) && nameProblem(rows, at) === undefined)}
            >
              Save custom fields
            </Button>
          </Group>
        </Group>
      )}
    </Stack>
  );
}

function nameProblem(rows: readonly FieldRow[], at: number): string | undefined {
  const name = rows[at]?.name.trim() ?? "";
  const isTwice = name !== "" && rows.findIndex((row) => row.name.trim() === name) < at;
  return isTwice ? "There is a field of this name already" : undefined;
}
