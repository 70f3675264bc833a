import { Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useReply } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { userKind } from "../../parts/record-kinds.ts";
import { RecordSelect } from "../../parts/record-select.tsx";
import { RowAction, RowActions } from "../../parts/row-actions.tsx";
import { TermFields } from "../../parts/terms/term-fields.tsx";
import type { License } from "./license-state.tsx";

interface Assigned {
  readonly username: string;
  readonly max_activations: number;
  readonly allow_unlimited_activations: boolean;
}

/** Who may activate a license of a user-based product, each on how many devices. */
export function UsersTab({ license }: { readonly license: License }) {
  const ids = license.users.map(({ user_id }) => user_id);
  const query = { "id.in": ids.join(","), limit: "500" };
  const users = useReply("user list", { query }, { enabled: ids.length > 0 });
  const nameOf = (id: number) => users.data?.reply.data.find((user) => user.id === id)?.username;
  const rows = license.users.flatMap(({ user_id, ...numbers }): Assigned[] => {
    const username = nameOf(user_id);
    return username === undefined ? [] : [{ ...numbers, username }];
  });
  const [edited, setEdited] = useState<Assigned>();
  const [leaving, setLeaving] = useState<string>();
  return (
    <Stack gap="sm">
      <Assign
        onChoose={(username) => setEdited({ username, max_activations: 1, allow_unlimited_activations: false })}
      />
      {users.isError && <ProblemAlert error={users.error} />}
      {ids.length === 0 ? (
        <EmptyState title="Nobody may activate it">Choose a license user above.</EmptyState>
      ) : (
        <DataTable
          label="Users"
          rows={rows}
          columns={columnsOf(setEdited, setLeaving)}
          rowKey={({ username }) => username}
        />
      )}
      {edited !== undefined && (
        <FormDialog
          operation="license assign-user"
          title={`Let ${edited.username} activate this license`}
          verb="Assign"
          params={{ license: license.id, username: edited.username }}
          defaults={{
            max_activations: edited.max_activations,
            allow_unlimited_activations: edited.allow_unlimited_activations,
          }}
          done={`${edited.username} may activate it`}
          onClose={() => setEdited(undefined)}
        >
          {(fields) => (
            <TermFields
              fields={fields}
              words={{
                allow_unlimited_activations: {},
                max_activations: { about: "On so many at once." },
              }}
            />
          )}
        </FormDialog>
      )}
      <ConfirmDialog
        isOpen={leaving !== undefined}
        title={`Take ${leaving ?? ""} off this license?`}
        verb="Unassign"
        operation="license unassign-user"
        given={{ params: { license: license.id, username: leaving ?? "" } }}
        done={`${leaving ?? ""} is off this license`}
        onClose={() => setLeaving(undefined)}
      >
        <Text size="sm">
          The devices that this user activated are taken off the license, and their seats end at once. You can assign
          the user again; the devices then have to be activated again.
        </Text>
      </ConfirmDialog>
    </Stack>
  );
}

function columnsOf(edit: (user: Assigned) => void, leave: (username: string) => void): readonly Column<Assigned>[] {
  return [
    { label: "User", render: ({ username }) => username },
    {
      label: "Max devices",
      width: 130,
      render: ({ max_activations, allow_unlimited_activations }) =>
        allow_unlimited_activations ? "any number" : max_activations,
    },
    {
      label: "Actions",
      isPinned: true,
      width: 170,
      render: (user) => (
        <RowActions>
          <RowAction verb="Edit" of={user.username} operation="license assign-user" onClick={() => edit(user)} />
          <RowAction
            verb="Unassign"
            of={user.username}
            operation="license unassign-user"
            takesAway
            onClick={() => leave(user.username)}
          />
        </RowActions>
      ),
    },
  ];
}

/** Chooses who is to be assigned. */
function Assign({ onChoose }: { onChoose(username: string): void }) {
  const [username, setUsername] = useState<string | null>(null);
  return (
    <Group align="flex-end" gap="xs">
      <RecordSelect
        kind={userKind}
        label="License user"
        placeholder="Type a name"
        value={username}
        onChange={setUsername}
      />
      <ActionButton
        operation="license assign-user"
        disabled={username === null}
        onClick={() => username !== null && onChoose(username)}
      >
        Assign user
      </ActionButton>
    </Group>
  );
}
