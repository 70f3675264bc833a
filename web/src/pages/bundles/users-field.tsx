import { Fieldset, NumberInput, Stack, TagsInput, Text } from "@mantine/core";

interface User {
  readonly username: string;
  readonly max_activations?: number;
}

/** Who may activate the licenses, each on how many devices. */
export function UsersField({
  value,
  onChange,
  error,
}: {
  readonly value: unknown;
  onChange(users: readonly User[]): void;
  readonly error: string | undefined;
}) {
  const users = (value ?? []) as readonly User[];
  const choose = (names: readonly string[]) =>
    onChange(names.map((username) => users.find((user) => user.username === username) ?? { username }));
  return (
    <Fieldset legend="License users">
      <Stack gap="sm">
        <TagsInput
          label="User names"
          description="They are there already, or are added under License users first. Enter ends a name."
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={users.map(({ username }) => username)}
          onChange={choose}
          error={error}
        />
        {users.length > 0 && (
          <Text size="sm" c="dimmed">
            On how many devices at once:
          </Text>
        )}
        {users.map(({ username, max_activations: most }) => (
          <NumberInput
            key={username}
            label={`Devices of ${username}`}
            min={1}
            allowDecimal={false}
            value={most ?? 1}
            onChange={(typed) =>
              onChange(
                users.map((user) =>
                  user.username === username && typeof typed === "number" ? { ...user, max_activations: typed } : user,
                ),
              )
            }
          />
        ))}
      </Stack>
    </Fieldset>
  );
}
