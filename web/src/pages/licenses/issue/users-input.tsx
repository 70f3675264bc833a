import { Button, Checkbox, Fieldset, Group, NumberInput, Stack, Text } from "@mantine/core";
import type { BodyOf } from "../../../api/operation.ts";
import { userKind } from "../../../parts/record-kinds.ts";
import { RecordSelect } from "../../../parts/record-select.tsx";
import type { Fields } from "../../../parts/use-fields.ts";

type Choice = NonNullable<BodyOf<"license create">["users"]>[number];

/** Who may activate a license of a user-based product. */
export function UsersInput({ fields }: { readonly fields: Fields }) {
  const users = (fields.values["users"] ?? []) as readonly Choice[];
  const { error } = fields.bind("users");
  const set = (next: readonly Choice[]) => fields.set({ users: next });
  const change = (username: string, changes: Partial<Choice>) =>
    set(users.map((each) => (each.username === username ? { ...each, ...changes } : each)));
  return (
    <Fieldset legend="License users">
      <Stack gap="sm">
        <RecordSelect
          kind={userKind}
          label="Add a user"
          about="Who activates the license, by name and password. New ones are made on the page License users."
          value={null}
          onChange={(username) => {
            if (username !== null && !users.some((each) => each.username === username)) set([...users, { username }]);
          }}
          error={error}
        />
        {users.map(({ username, max_activations = 1, allow_unlimited_activations: isUnlimited = false }) => (
          <Group key={username} gap="sm" align="flex-end" role="group" aria-label={username}>
            <Text fw={600} style={{ flex: "1 1 10rem" }}>
              {username}
            </Text>
            <NumberInput
              label="Max devices"
              w={120}
              min={0}
              allowDecimal={false}
              disabled={isUnlimited}
              value={max_activations}
              onChange={(typed) => typeof typed === "number" && change(username, { max_activations: typed })}
            />
            <Checkbox
              label="Any number"
              checked={isUnlimited}
              onChange={({ currentTarget }) => change(username, { allow_unlimited_activations: currentTarget.checked })}
              pb="xs"
            />
            <Button
              variant="default"
              aria-label={`Take ${username} away`}
              onClick={() => set(users.filter((each) => each.username !== username))}
            >
              ✕
            </Button>
          </Group>
        ))}
      </Stack>
    </Fieldset>
  );
}
