import { Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { ActionButton } from "../../parts/action-button.tsx";
import { ActionMenu } from "../../parts/action-menu.tsx";
import { CopyButton } from "../../parts/copy-text.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type Filter, YES_NO } from "../../parts/filter-bar.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { SecretOnce } from "../../parts/secret-once.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";
import { type CredentialAction, CredentialDialog } from "./credential-dialog.tsx";
import { CredentialForm } from "./credential-form.tsx";
import type { Credential, CredentialKind } from "./credential-kinds.ts";

const filters: readonly Filter[] = [
  { kind: "contains", field: "name", label: "Name" },
  { kind: "choice", field: "is_read_only", label: "Read only", choices: YES_NO },
  { kind: "choice", field: "is_revoked", label: "Revoked", choices: YES_NO },
];

/** The API keys, or the OAuth clients. */
export function CredentialList({ kind }: { readonly kind: CredentialKind }) {
  const [isAdding, adding] = useDisclosure();
  const [acting, setActing] = useState<{ readonly action: CredentialAction; readonly credential: Credential }>();
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>();
  const showSecret = (reply: object) => {
    const secret = kind.secretOf(reply);
    if (secret === null) return;
    setSecrets({ [kind.publicName]: kind.publicNameOf(reply as Credential), [kind.secretName]: secret });
  };
  const add = (
    <ActionButton operation={kind.create} onClick={adding.open}>
      Add {kind.noun}
    </ActionButton>
  );
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          {kind.about}
        </Text>
        {add}
      </Group>
      <ListView
        operation={kind.list}
        label={kind.plural}
        columns={columnsOf(kind, (action, credential) => setActing({ action, credential }))}
        filters={filters}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={`No ${kind.plural} yet`} action={add}>
            {kind.about}
          </EmptyState>
        }
      />
      {isAdding && (
        <FormDialog
          operation={kind.create}
          title={`Add ${kind.noun}`}
          verb={`Add ${kind.noun}`}
          done={`The ${kind.noun} is there`}
          onClose={adding.close}
          onDone={showSecret}
        >
          {(fields) => <CredentialForm fields={fields} />}
        </FormDialog>
      )}
      {acting !== undefined && (
        <CredentialDialog {...acting} kind={kind} onClose={() => setActing(undefined)} onSecret={showSecret} />
      )}
      <SecretOnce title={kind.secretName} secrets={secrets} onClose={() => setSecrets(undefined)} />
    </>
  );
}

function columnsOf(
  kind: CredentialKind,
  act: (action: CredentialAction, credential: Credential) => void,
): readonly Column<Credential>[] {
  return [
    { field: "name", label: "Name", render: ({ name }) => name },
    {
      label: kind.publicName,
      width: 345,
      render: (credential) => {
        const text = kind.publicNameOf(credential);
        return (
          <Group gap="xs" wrap="nowrap">
            <code style={{ overflow: "hidden", textOverflow: "ellipsis", fontSize: "0.75rem" }}>{text}</code>
            <CopyButton text={text} label={`Copy ${kind.publicName} of ${credential.name}`} />
          </Group>
        );
      },
    },
    { field: "is_read_only", label: "May", width: 190, render: (credential) => <May {...credential} /> },
    {
      field: "is_revoked",
      label: "State",
      width: 100,
      render: ({ is_revoked }) =>
        is_revoked ? <StateBadge tone="bad">revoked</StateBadge> : <StateBadge tone="good">in use</StateBadge>,
    },
    { field: "created_at", label: "Made", render: ({ created_at }) => <FromNow iso={created_at} /> },
    {
      label: "Actions",
      width: 90,
      render: (credential) => (
        <ActionMenu
          label={`Actions for ${credential.name}`}
          button="⋯"
          actions={[
            { label: "Edit", operation: kind.update, onClick: () => act("edit", credential) },
            {
              label: `New ${kind.secretName.toLowerCase()}`,
              operation: kind.rotate,
              onClick: () => act("rotate", credential),
            },
            { label: "Revoke", operation: kind.revoke, isDanger: true, onClick: () => act("revoke", credential) },
          ]}
        />
      ),
    },
  ];
}

function May({ is_read_only, products }: Credential) {
  const of = products === null ? "all products" : products.join(", ") || "no product";
  const text = `${is_read_only ? "only read" : "use"} ${of}`;
  return <span title={text}>{text}</span>;
}
