import { Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import { serverNow } from "../../api/server-clock.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ActionMenu } from "../../parts/action-menu.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type Filter, YES_NO } from "../../parts/filter-bar.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { SecretOnce } from "../../parts/secret-once.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";
import { AddTokenDialog } from "./add-token-dialog.tsx";
import { ROLE_CHOICES } from "./admin-list.tsx";

type Token = ItemOf<"token list">;

const filters: readonly Filter[] = [
  { kind: "contains", field: "name", label: "Name" },
  { kind: "choice", field: "role", label: "Role", choices: ROLE_CHOICES },
  { kind: "choice", field: "is_revoked", label: "Revoked", choices: YES_NO },
];

/** What scripts and the command line prove themselves with. */
export function TokenList() {
  const [isAdding, adding] = useDisclosure();
  const [revoking, setRevoking] = useState<Token>();
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>();
  const columns: readonly Column<Token>[] = [
    { field: "name", label: "Name", render: ({ name }) => name },
    { field: "role", label: "Role", width: 100, render: ({ role }) => role },
    { label: "May do", width: 240, render: ({ scopes }) => <Scopes scopes={scopes} /> },
    { label: "State", width: 110, render: (token) => <StateOf token={token} /> },
    { field: "expires_at", label: "Expires", render: ({ expires_at }) => <FromNow iso={expires_at} /> },
    { field: "created_at", label: "Made", render: ({ created_at }) => <FromNow iso={created_at} /> },
    {
      label: "Actions",
      width: 90,
      render: (token) =>
        token.is_revoked ? null : (
          <ActionMenu
            label={`Actions for ${token.name}`}
            button="⋯"
            actions={[
              {
                label: "Revoke",
                operation: "token revoke",
                isDanger: true,
                onClick: () => setRevoking(token),
              },
            ]}
          />
        ),
    },
  ];
  const add = (
    <ActionButton operation="token create" onClick={adding.open}>
      Add API token
    </ActionButton>
  );
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          Scripts and the command line send a token instead of a password.
        </Text>
        {add}
      </Group>
      <ListView
        operation="token list"
        label="API tokens"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        order="-id"
        empty={
          <EmptyState title="No API tokens yet" action={add}>
            Make one for each script, so that each can be revoked by itself.
          </EmptyState>
        }
      />
      {isAdding && (
        <AddTokenDialog
          onClose={adding.close}
          onToken={({ name, token }) => setSecrets(token === null ? undefined : { [`Token ${name}`]: token })}
        />
      )}
      {revoking !== undefined && (
        <ConfirmDialog
          isOpen
          title={`Revoke ${revoking.name}?`}
          verb="Revoke token"
          operation="token revoke"
          given={{ params: { token: revoking.id } }}
          done="The token opens nothing any more"
          onClose={() => setRevoking(undefined)}
        >
          Whatever uses this token is refused from the next request on. It cannot be undone; you can make another token.
        </ConfirmDialog>
      )}
      <SecretOnce title="API token" secrets={secrets} onClose={() => setSecrets(undefined)} />
    </>
  );
}

function Scopes({ scopes }: { readonly scopes: Token["scopes"] }) {
  if (scopes === null) return "everything its role may";
  if (scopes.length === 0) return "nothing";
  return <code title={scopes.join(", ")}>{scopes.join(", ")}</code>;
}

function StateOf({ token: { is_revoked, expires_at } }: { readonly token: Token }) {
  if (is_revoked) return <StateBadge tone="bad">revoked</StateBadge>;
  const hasExpired = expires_at !== null && Date.parse(expires_at) <= serverNow();
  return hasExpired ? <StateBadge tone="bad">expired</StateBadge> : <StateBadge tone="good">in use</StateBadge>;
}
