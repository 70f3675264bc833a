import { Alert, Checkbox } from "@mantine/core";
import { useReply } from "../../api/queries.ts";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import type { License } from "./license-state.tsx";
import { type FeatureValues, featuresOf } from "./override-fields.ts";

/** Chooses which features of its product a license has. */
export function ChooseFeaturesDialog({ license, onClose }: { readonly license: License; onClose(): void }) {
  const { features: own, product } = license;
  const found = useReply("product show", { params: { product } });
  // A license keeps what its product has no more.
  const all = new Map([...own, ...(found.data?.reply.features ?? [])].map(({ code, name }) => [code, name]));
  return (
    <EditDialog
      show="license show"
      operation="license update"
      params={{ license: license.id }}
      title="Choose the features of this license"
      verb="Save"
      done="The features are changed"
      toInitial={({ features }) => ({ features })}
      toBody={(given) => {
        const features = given["features"] as readonly FeatureValues[] | undefined;
        return features === undefined ? {} : { features: features.map(({ code }) => ({ code })) };
      }}
      onClose={onClose}
    >
      {(fields) => {
        const chosen = featuresOf(fields);
        const gone = own.filter(({ code }) => !chosen.some((each) => each.code === code));
        return (
          <>
            <Checkbox.Group
              label="Features"
              description="A new one is as the product has it now. Those it has stay as they are."
              value={chosen.map(({ code }) => code)}
              onChange={(codes) =>
                fields.set({ features: codes.map((code) => chosen.find((each) => each.code === code) ?? { code }) })
              }
            >
              {[...all].map(([code, name]) => (
                <Checkbox key={code} value={code} label={`${name} (${code})`} mt="xs" />
              ))}
            </Checkbox.Group>
            {gone.length > 0 && (
              <Alert color="orange" title={`Takes away ${gone.map(({ code }) => code).join(", ")}`}>
                Seats of it end at once, and what was changed for this license is forgotten.
              </Alert>
            )}
          </>
        );
      }}
    </EditDialog>
  );
}
