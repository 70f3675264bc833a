import { useState } from "react";
import type { ReplyOf } from "../../api/operation.ts";
import { FieldInput } from "../../parts/field-input.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { DEFAULT_DAYS, ExpiryField, inDays } from "./expiry-field.tsx";
import { RoleField } from "./role-field.tsx";
import { ScopesField } from "./scopes-field.tsx";

export function AddTokenDialog({
  onClose,
  onToken,
}: {
  onClose(): void;
  onToken(reply: ReplyOf<"token create">): void;
}) {
  const [defaults] = useState(() => ({ expires_at: inDays(DEFAULT_DAYS) }));
  return (
    <FormDialog
      operation="token create"
      title="Add API token"
      verb="Add API token"
      defaults={defaults}
      done="The token is there"
      size="lg"
      onClose={onClose}
      onDone={onToken}
    >
      {(fields) => (
        <>
          <FieldInput {...fields.bind("name")} about="What it is for: the script, and where it runs" />
          <RoleField fields={fields} />
          <ScopesField fields={fields} />
          <ExpiryField fields={fields} />
        </>
      )}
    </FormDialog>
  );
}
