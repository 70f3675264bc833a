import { Button, Group, Paper, Select, TextInput } from "@mantine/core";
import { type FieldRow, sentOf } from "./field-rows.ts";

const KINDS = [
  { value: "text", label: "Text" },
  { value: "json", label: "JSON" },
];

/** Name and value of one custom field. */
export function CustomFieldRow({
  at,
  row,
  isDisabled,
  error,
  onChange,
  onRemove,
}: {
  /** Counted from 1. */
  readonly at: number;
  readonly row: FieldRow;
  readonly isDisabled: boolean;
  /** What is wrong with the name. */
  readonly error: string | undefined;
  onChange(row: FieldRow): void;
  onRemove(): void;
}) {
  const called = row.name === "" ? `field ${at}` : row.name;
  return (
    <Paper withBorder p="sm" role="group" aria-label={`Custom ${called}`}>
      <Group align="flex-start" gap="sm">
        <TextInput
          label="Name"
          required
          maxLength={255}
          disabled={isDisabled}
          value={row.name}
          error={error}
          onChange={({ currentTarget }) => onChange({ ...row, name: currentTarget.value })}
          style={{ flex: "1 1 10rem" }}
        />
        <Select
          label="Kind"
          data={KINDS}
          allowDeselect={false}
          disabled={isDisabled}
          value={row.kind}
          onChange={(kind) => onChange({ ...row, kind: kind === "json" ? "json" : "text" })}
          w={100}
        />
        <TextInput
          label="Value"
          disabled={isDisabled}
          value={row.text}
          error={sentOf(row) === undefined ? 'This is not JSON yet; a number, true, or "a text"' : undefined}
          onChange={({ currentTarget }) => onChange({ ...row, text: currentTarget.value })}
          style={{ flex: "2 1 12rem" }}
        />
        <Button
          variant="subtle"
          color="red"
          mt={25}
          disabled={isDisabled}
          aria-label={`Remove ${called}`}
          onClick={onRemove}
        >
          Remove
        </Button>
      </Group>
    </Paper>
  );
}
