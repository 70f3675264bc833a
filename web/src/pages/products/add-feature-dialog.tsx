import { FormDialog } from "../../parts/form-dialog.tsx";
import { appliedTerms, termProblems } from "../../parts/terms/applied-terms.ts";
import { FeatureForm } from "./feature-form.tsx";
import type { Product } from "./product-state.tsx";

export function AddFeatureDialog({ product, onClose }: { readonly product: Product; onClose(): void }) {
  return (
    <FormDialog
      operation="feature create"
      title="Add product feature"
      about="These values are defaults: a policy or a license may have others. Licenses that are out do not get the feature by themselves."
      verb="Add feature"
      done="The feature is there"
      size="lg"
      params={{ product: product.code }}
      defaults={{ type: "activation", timeout_seconds: product.timeout_seconds, max_borrow_seconds: 3 * 86_400 }}
      problems={termProblems}
      toBody={appliedTerms}
      onClose={onClose}
    >
      {(fields) => <FeatureForm fields={fields} />}
    </FormDialog>
  );
}
