import { Alert } from "@mantine/core";
import { TermsForm } from "../terms-form.tsx";
import { CustomerStep } from "./customer-step.tsx";
import { featuresBefore } from "./draft.ts";
import { FeaturesStep } from "./features-step.tsx";
import { ProductStep } from "./product-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import type { DraftInHand } from "./use-draft.ts";

/** What is on a step. */
export function StepPanel({ step, draft }: { readonly step: number; readonly draft: DraftInHand }) {
  const { fields, values, product, policy, policies, code, setProduct, setPolicy } = draft;
  if (step === 0 || product === undefined) {
    return (
      <ProductStep
        code={code}
        product={product}
        policies={policies}
        policy={policy}
        error={fields.errors["product"]}
        onProduct={setProduct}
        onPolicy={setPolicy}
      />
    );
  }
  if (step === 1) {
    return (
      <>
        {isEndless(values) && (
          <Alert color="orange">It has no end yet: without one this license never expires, whatever its type.</Alert>
        )}
        <TermsForm fields={fields} hasUsers={product.authorization_method === "user"} />
      </>
    );
  }
  if (step === 2) return <FeaturesStep fields={fields} product={product} before={featuresBefore(product, policy)} />;
  if (step === 3) return <CustomerStep fields={fields} product={product} />;
  return <ReviewStep values={values} product={product} policy={policy} />;
}

/** Whether a license of a type that ends has no end. */
function isEndless({ type, valid_until: until, valid_duration_seconds: seconds }: DraftInHand["values"]): boolean {
  return (type === "time-limited" || type === "subscription") && until == null && seconds == null;
}
