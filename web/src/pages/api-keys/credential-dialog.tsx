import type { Given } from "../../api/operation.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { CredentialForm } from "./credential-form.tsx";
import type { Credential, CredentialKind } from "./credential-kinds.ts";

export type CredentialAction = "edit" | "rotate" | "revoke";

/** What can be done with an API key or an OAuth client. */
export function CredentialDialog({
  kind,
  action,
  credential,
  onClose,
  onSecret,
}: {
  readonly kind: CredentialKind;
  readonly action: CredentialAction;
  readonly credential: Credential;
  onClose(): void;
  onSecret(reply: object): void;
}) {
  const params = kind.paramsOf(credential);
  const { name } = credential;
  const secret = kind.secretName.toLowerCase();
  switch (action) {
    case "edit":
      return (
        <EditDialog
          show={kind.show}
          operation={kind.update}
          params={params}
          title={`Edit ${name}`}
          done={`The ${kind.noun} is changed, from the next request on`}
          onClose={onClose}
        >
          {(fields) => <CredentialForm fields={fields} />}
        </EditDialog>
      );
    case "rotate":
      return (
        <ConfirmDialog
          isOpen
          title={`New ${secret} for ${name}?`}
          verb={`Make a new ${secret}`}
          operation={kind.rotate}
          given={{ params } as Given<CredentialKind["rotate"]>}
          done={`There is a new ${secret}`}
          onClose={onClose}
          onDone={(reply) => onSecret(reply as object)}
        >
          The {secret} in use now stays good until the next rotation, so that you can bring the new one to every
          application first. One that was replaced before is refused from now on. To shut out one that leaked, rotate
          twice.
        </ConfirmDialog>
      );
    default:
      return (
        <ConfirmDialog
          isOpen
          title={`Revoke ${name}?`}
          verb={`Revoke ${kind.noun}`}
          operation={kind.revoke}
          given={{ params } as Given<CredentialKind["revoke"]>}
          done={`The ${kind.noun} is revoked`}
          onClose={onClose}
        >
          Every application that uses it is refused from the next request on: it activates nothing, and its seats run
          out because it cannot renew them. This cannot be undone.
        </ConfirmDialog>
      );
  }
}
