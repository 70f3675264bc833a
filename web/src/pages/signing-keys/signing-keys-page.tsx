import { Paper, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ActionMenu } from "../../parts/action-menu.tsx";
import { CopyButton } from "../../parts/copy-text.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";
import { PublicKeys } from "./public-keys.tsx";
import { RetireDialog } from "./retire-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";

type SigningKey = ItemOf<"signing-key list">;

const STATES = {
  current: { tone: "good", about: "signs everything now" },
  published: { tone: "warning", about: "signs nothing more; readers still trust it" },
  retired: { tone: "plain", about: "no longer given to readers" },
} as const;

export function SigningKeysPage() {
  const [isRotating, rotating] = useDisclosure();
  const [retiring, setRetiring] = useState<SigningKey>();
  const columns: readonly Column<SigningKey>[] = [
    { field: "id", label: "Key", width: 80, render: ({ id }) => id },
    {
      field: "state",
      label: "State",
      width: 110,
      render: ({ state }) => <StateBadge tone={STATES[state].tone}>{state}</StateBadge>,
    },
    { label: "What that means", width: 340, render: ({ state }) => STATES[state].about },
    { field: "created_at", label: "Made", render: ({ created_at }) => <FromNow iso={created_at} /> },
    {
      label: "Public key",
      width: 110,
      render: ({ id, public_key }) => <CopyButton text={public_key} label={`Copy public key ${id}`} />,
    },
    {
      label: "Actions",
      width: 90,
      render: (key) =>
        key.state === "published" && (
          <ActionMenu
            label={`Actions for key ${key.id}`}
            button="⋯"
            actions={[
              {
                label: "Retire",
                operation: "signing-key retire",
                isDanger: true,
                onClick: () => setRetiring(key),
              },
            ]}
          />
        ),
    },
  ];
  return (
    <Page
      title="Signing keys"
      about="Replies and license files are signed with the current key. Its private half stays on this server, encrypted."
      actions={
        <ActionButton operation="signing-key rotate" onClick={rotating.open}>
          Rotate
        </ActionButton>
      }
    >
      <Paper withBorder p="md">
        <Title order={2} size="h4">
          Public keys for your customers
        </Title>
        <Text size="sm" mb="sm">
          Floating servers verify license files with this file; it goes to the setting{" "}
          <code>vendor.public-key-file</code>. It is no secret, and holds the current key and the published ones.
        </Text>
        <PublicKeys />
      </Paper>
      <Title order={2} size="h4">
        All keys
      </Title>
      <ListView
        operation="signing-key list"
        label="Signing keys"
        columns={columns}
        rowKey={({ id }) => id}
        order="-id"
        empty={<EmptyState title="No signing keys">The server makes one at its start.</EmptyState>}
      />
      {isRotating && <RotateDialog onClose={rotating.close} />}
      {retiring !== undefined && <RetireDialog signingKey={retiring} onClose={() => setRetiring(undefined)} />}
    </Page>
  );
}
