import { EditDialog } from "../../parts/edit-dialog.tsx";
import type { Values } from "../../parts/use-fields.ts";
import { type FeatureValues, featuresOf, fieldsOfFeature } from "./override-fields.ts";
import { OverrideForm } from "./override-form.tsx";
import { overrideOf } from "./override-terms.ts";

/** Changes what one feature of a license has otherwise. */
export function FeatureTermsDialog({
  license,
  code,
  onClose,
}: {
  readonly license: number;
  readonly code: string;
  onClose(): void;
}) {
  return (
    <EditDialog
      show="license show"
      operation="license update"
      params={{ license }}
      title={`Edit the feature ${code} of this license`}
      verb="Save"
      done={`The feature ${code} is changed`}
      size="lg"
      toInitial={({ features }) => ({ features, asTheyWere: features })}
      toBody={(given, values) => bodyOf(code, given, values)}
      onClose={onClose}
    >
      {(fields) => {
        const at = featuresOf(fields).findIndex((each) => each.code === code);
        return <OverrideForm fields={fieldsOfFeature(fields, at)} />;
      }}
    </EditDialog>
  );
}

/** The features that are not given would be taken away: the others are named, and stay as they are. */
function bodyOf(code: string, given: Values, values: Values): Values {
  const features = given["features"] as readonly FeatureValues[] | undefined;
  const before = values["asTheyWere"] as readonly FeatureValues[];
  if (features === undefined) return {};
  return {
    features: features.map((each, at) =>
      each.code === code ? overrideOf(before[at] ?? {}, each) : { code: each.code },
    ),
  };
}
