import { Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import { useSession } from "../../app/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { ActionMenu } from "../../parts/action-menu.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { FieldInput } from "../../parts/field-input.tsx";
import { type Choices, type Filter, YES_NO } from "../../parts/filter-bar.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";
import { type AdminAction, AdminDialog } from "./admin-dialog.tsx";
import { RoleField } from "./role-field.tsx";

type Admin = ItemOf<"admin list">;

export const ROLE_CHOICES: Choices = ["viewer", "operator", "admin"].map((value) => ({ value, label: value }));

const filters: readonly Filter[] = [
  { kind: "contains", field: "name", label: "Name" },
  { kind: "choice", field: "role", label: "Role", choices: ROLE_CHOICES },
  { kind: "choice", field: "is_disabled", label: "Disabled", choices: YES_NO },
];

/** The people who run this server. */
export function AdminList() {
  const { name: own } = useSession();
  const [isAdding, adding] = useDisclosure();
  const [acting, setActing] = useState<{ readonly action: AdminAction; readonly admin: Admin }>();
  const columns: readonly Column<Admin>[] = [
    { field: "name", label: "Name", render: ({ name }) => (name === own ? `${name} (you)` : name) },
    { field: "role", label: "Role", render: ({ role }) => role },
    {
      field: "is_disabled",
      label: "State",
      render: ({ is_disabled }) =>
        is_disabled ? <StateBadge tone="bad">disabled</StateBadge> : <StateBadge tone="good">may log in</StateBadge>,
    },
    { field: "created_at", label: "Added", render: ({ created_at }) => <FromNow iso={created_at} /> },
    {
      label: "Actions",
      width: 90,
      render: (admin) => (
        <ActionMenu
          label={`Actions for ${admin.name}`}
          button="⋯"
          actions={[
            {
              label: "Edit role, or disable",
              operation: "admin update",
              onClick: () => setActing({ action: "edit", admin }),
            },
            {
              label: "Set password",
              operation: "admin update",
              onClick: () => setActing({ action: "set password", admin }),
            },
            {
              label: "Delete",
              operation: "admin delete",
              isDanger: true,
              onClick: () => setActing({ action: "delete", admin }),
            },
          ]}
        />
      ),
    },
  ];
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          People who log in to these pages. At least one admin always stays.
        </Text>
        <ActionButton operation="admin create" onClick={adding.open}>
          Add to the team
        </ActionButton>
      </Group>
      <ListView
        operation="admin list"
        label="Team"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        empty={<EmptyState title="Nobody is here">Add somebody to the team.</EmptyState>}
      />
      {isAdding && (
        <FormDialog
          operation="admin create"
          title="Add to the team"
          verb="Add"
          done="The account is there"
          onClose={adding.close}
        >
          {(fields) => (
            <>
              <FieldInput {...fields.bind("name")} about="What one logs in by. It stays" />
              <FieldInput
                {...fields.bind("password")}
                about="10 characters at least. Its owner changes it after the first log-in, under the own name at the top"
              />
              <RoleField fields={fields} />
            </>
          )}
        </FormDialog>
      )}
      {acting !== undefined && <AdminDialog {...acting} onClose={() => setActing(undefined)} />}
    </>
  );
}
