import { Button, Fieldset, Group, Stack, Text, TextInput } from "@mantine/core";

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** Values by names of one's own, row by row. */
export function NamedValuesInput({
  label,
  about,
  rows,
  fixed = 0,
  onChange,
  error,
}: {
  readonly label: string;
  readonly about?: string;
  readonly rows: readonly NamedValue[];
  /** So many of the first keep their names, and stay. */
  readonly fixed?: number;
  onChange(rows: readonly NamedValue[]): void;
  readonly error?: string | undefined;
}) {
  const change = (at: number, changes: Partial<NamedValue>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...changes } : row)));
  return (
    <Fieldset legend={label}>
      <Stack gap="xs">
        {about !== undefined && (
          <Text size="xs" c="dimmed">
            {about}
          </Text>
        )}
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is where it is; its name changes while it is typed
          <Group key={at} gap="xs" wrap="nowrap" align="flex-end">
            <TextInput
              label="Name"
              value={row.name}
              readOnly={at < fixed}
              variant={at < fixed ? "filled" : "default"}
              onChange={({ currentTarget }) => change(at, { name: currentTarget.value })}
              style={{ flex: 1 }}
            />
            <TextInput
              label="Value"
              value={row.value}
              onChange={({ currentTarget }) => change(at, { value: currentTarget.value })}
              style={{ flex: 2 }}
            />
            {at >= fixed && (
              <Button
                variant="default"
                px="xs"
                aria-label={`Take ${row.name || "this row"} away`}
                onClick={() => onChange(rows.filter((_, index) => index !== at))}
              >
                ✕
              </Button>
            )}
          </Group>
        ))}
        {error !== undefined && (
          <Text c="red" size="sm" role="alert">
            {error}
          </Text>
        )}
        <Group>
          <Button variant="default" size="xs" onClick={() => onChange([...rows, { name: "", value: "" }])}>
            Add a row
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** What is wrong with the names, under the field they are of. */
export function problemsOfNames(field: string, rows: readonly NamedValue[]): Readonly<Record<string, string>> {
  const names = rows.map(({ name }) => name);
  if (names.some((name) => name.trim() === "")) return { [field]: "Every row needs a name" };
  const twice = names.find((name, at) => names.indexOf(name) < at);
  return twice === undefined ? {} : { [field]: `${twice} is there twice` };
}
