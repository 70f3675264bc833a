import { Alert } from "@mantine/core";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { termProblems } from "../../parts/terms/applied-terms.ts";
import type { License } from "./license-state.tsx";
import { changedTerms, TermsForm } from "./terms-form.tsx";

/** Changes the terms of a license that is out. */
export function EditTermsDialog({ license, onClose }: { readonly license: License; onClose(): void }) {
  const isOffline =
    license.offline_floating === true || license.features.some((each) => each.offline_floating === true);
  return (
    <EditDialog
      show="license show"
      operation="license update"
      params={{ license: license.id }}
      title="Edit terms"
      verb="Save"
      done="The terms are changed"
      size="lg"
      toInitial={(reply) => reply}
      problems={termProblems}
      toBody={changedTerms}
      onClose={onClose}
    >
      {(fields) => (
        <>
          {isOffline && (
            <Alert color="blue" variant="light">
              Its floating server learns of the change by a refresh file: write one here and import it there.
            </Alert>
          )}
          <TermsForm fields={fields} hasUsers={license.key === null} />
        </>
      )}
    </EditDialog>
  );
}
