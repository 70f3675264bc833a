import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ActionMenu } from "../../parts/action-menu.tsx";
import { CustomerLink } from "../../parts/customer-link.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type Filter, YES_NO } from "../../parts/filter-bar.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { SecretOnce } from "../../parts/secret-once.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type UserAction, UserDialog } from "./user-dialog.tsx";
import { UserForm } from "./user-form.tsx";

type User = ItemOf<"user list">;

const columns: readonly Column<User>[] = [
  { field: "username", label: "User name", render: ({ username }) => username, width: 240 },
  { label: "Name", render: ({ first_name, last_name }) => [first_name, last_name].filter(Boolean).join(" ") },
  { field: "customer_id", label: "Customer", render: ({ customer_id }) => <CustomerLink id={customer_id} /> },
  {
    field: "is_initial_password",
    label: "Password",
    render: ({ is_initial_password }) =>
      is_initial_password ? (
        <StateBadge tone="warning">still the first</StateBadge>
      ) : (
        <StateBadge tone="good">the user's own</StateBadge>
      ),
  },
];

const filters: readonly Filter[] = [
  { kind: "contains", field: "username", label: "User name" },
  { kind: "contains", field: "last_name", label: "Last name" },
  { kind: "is", field: "customer_id", label: "Customer id" },
  { kind: "choice", field: "is_initial_password", label: "First password", choices: YES_NO },
];

export function UsersPage() {
  const [isAdding, adding] = useDisclosure();
  const [acting, setActing] = useState<{ readonly action: UserAction; readonly user: User }>();
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>();
  const showPassword = ({ username, password }: { readonly username: string; readonly password: string | null }) =>
    setSecrets(password === null ? undefined : { "User name": username, Password: password });
  const add = (
    <ActionButton operation="user create" onClick={adding.open}>
      Add license user
    </ActionButton>
  );
  const actions: Column<User> = {
    label: "Actions",
    width: 90,
    render: (user) => (
      <ActionMenu
        label={`Actions for ${user.username}`}
        button="⋯"
        actions={[
          { label: "Edit", operation: "user update", onClick: () => setActing({ action: "edit", user }) },
          {
            label: "Set password",
            operation: "user set-password",
            onClick: () => setActing({ action: "set password", user }),
          },
          {
            label: "Delete",
            operation: "user delete",
            isDanger: true,
            onClick: () => setActing({ action: "delete", user }),
          },
        ]}
      />
    ),
  };
  return (
    <Page
      title="License users"
      about="Who activates licenses of user-based products, by name and password. They cannot log in here."
      actions={add}
    >
      <ListView
        operation="user list"
        label="License users"
        columns={[...columns, actions]}
        filters={filters}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No license users yet" action={add}>
            A license of a user-based product is activated by users who are assigned to it, and not by its key.
          </EmptyState>
        }
      />
      {isAdding && (
        <FormDialog
          operation="user create"
          title="Add license user"
          verb="Add license user"
          done="The license user is there"
          onClose={adding.close}
          onDone={showPassword}
        >
          {(fields) => <UserForm fields={fields} />}
        </FormDialog>
      )}
      {acting !== undefined && (
        <UserDialog {...acting} onClose={() => setActing(undefined)} onPassword={showPassword} />
      )}
      <SecretOnce title="Password" secrets={secrets} onClose={() => setSecrets(undefined)} />
    </Page>
  );
}
