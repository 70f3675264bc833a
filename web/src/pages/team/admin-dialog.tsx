import { Text } from "@mantine/core";
import type { ItemOf } from "../../api/operation.ts";
import { useSession } from "../../app/session.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { FieldInput } from "../../parts/field-input.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { RoleField } from "./role-field.tsx";

export type AdminAction = "edit" | "set password" | "delete";

/** What can be done with somebody of the team. */
export function AdminDialog({
  action,
  admin: { id, name },
  onClose,
}: {
  readonly action: AdminAction;
  readonly admin: ItemOf<"admin list">;
  onClose(): void;
}) {
  const isSelf = useSession().name === name;
  const ends = isSelf ? "This is you: your own sessions end, this one too." : `Sessions of ${name} end at once.`;
  switch (action) {
    case "edit":
      return (
        <EditDialog
          show="admin show"
          operation="admin update"
          params={{ admin: id }}
          title={`Edit ${name}`}
          done={`${name} is changed`}
          onClose={onClose}
        >
          {(fields) => (
            <>
              <RoleField fields={fields} />
              <FieldInput
                {...fields.bind("is_disabled")}
                label="Disabled"
                about="Cannot log in; nothing of what was done is forgotten"
              />
              <Text size="sm">{ends}</Text>
            </>
          )}
        </EditDialog>
      );
    case "set password":
      return (
        <FormDialog
          operation="admin update"
          params={{ admin: id }}
          initial={{}}
          title={`New password for ${name}`}
          verb="Set password"
          done={`${name} has a new password`}
          onClose={onClose}
        >
          {(fields) => (
            <>
              <FieldInput {...fields.bind("password")} about="10 characters at least. Tell it on a safe way" />
              <Text size="sm">{ends}</Text>
            </>
          )}
        </FormDialog>
      );
    default:
      return (
        <ConfirmDialog
          isOpen
          title={`Delete ${name}?`}
          verb={`Delete ${name}`}
          operation="admin delete"
          given={{ params: { admin: id } }}
          done={`${name} is gone`}
          onClose={onClose}
        >
          {ends} Tokens that {name} made go on, and the audit keeps what {name} did. To come back, somebody has to be
          added anew.
        </ConfirmDialog>
      );
  }
}
