import { Text } from "@mantine/core";
import type { ItemOf, ReplyOf } from "../../api/operation.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { FieldInput } from "../../parts/field-input.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { UserForm } from "./user-form.tsx";

export type UserAction = "edit" | "set password" | "delete";

/** What can be done with a license user. */
export function UserDialog({
  action,
  user: { username },
  onClose,
  onPassword,
}: {
  readonly action: UserAction;
  readonly user: ItemOf<"user list">;
  onClose(): void;
  onPassword(reply: ReplyOf<"user set-password">): void;
}) {
  const params = { user: username };
  switch (action) {
    case "edit":
      return (
        <EditDialog
          show="user show"
          operation="user update"
          params={params}
          title={`Edit ${username}`}
          done="The license user is changed"
          onClose={onClose}
        >
          {(fields) => <UserForm fields={fields} />}
        </EditDialog>
      );
    case "set password":
      return (
        <FormDialog
          operation="user set-password"
          params={params}
          title={`New password for ${username}`}
          verb="Set password"
          done="The password is changed"
          onClose={onClose}
          onDone={onPassword}
        >
          {(fields) => (
            <>
              <Text size="sm">
                The password that the user has now activates nothing any more. Devices that are active stay so.
              </Text>
              <FieldInput
                {...fields.bind("password")}
                label="Password"
                about="Left empty, one is made and shown once"
              />
            </>
          )}
        </FormDialog>
      );
    default:
      return (
        <ConfirmDialog
          isOpen
          title={`Delete ${username}?`}
          verb="Delete license user"
          operation="user delete"
          given={{ params }}
          done="The license user is gone"
          onClose={onClose}
        >
          A license user who is assigned to a license stays: take the user off it first.
        </ConfirmDialog>
      );
  }
}
