import { EditDialog } from "../../parts/edit-dialog.tsx";
import { appliedTerms, termProblems } from "../../parts/terms/applied-terms.ts";
import { FeatureForm } from "./feature-form.tsx";

interface EditFeatureDialogProps {
  /** Codes. */
  readonly product: string;
  readonly feature: string;
  onClose(): void;
}

export function EditFeatureDialog({ product, feature, onClose }: EditFeatureDialogProps) {
  return (
    <EditDialog
      show="feature show"
      operation="feature update"
      params={{ product, feature }}
      title={`Edit feature ${feature}`}
      about="These values are defaults of licenses to come. Licenses that are out keep theirs as they are."
      verb="Save"
      done="The feature is changed"
      size="lg"
      problems={termProblems}
      toBody={appliedTerms}
      onClose={onClose}
    >
      {(fields) => <FeatureForm fields={fields} />}
    </EditDialog>
  );
}
