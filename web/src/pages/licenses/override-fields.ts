import type { BodyOf, FieldEntry, OperationEntry } from "../../api/operation.ts";
import { operationTable } from "../../api/operation-table.ts";
import type { Fields, Values } from "../../parts/use-fields.ts";

/** A feature with all its terms, as it is to be on a license. */
export type FeatureValues = Values & { readonly code: string };
export type Override = NonNullable<BodyOf<"license create">["features"]>[number];

const { fields: ofFeatures = [] }: OperationEntry = operationTable["feature create"];
const EXPIRES: FieldEntry = { name: "expires_at", kind: "time", isNullable: true };
const entries = new Map([...ofFeatures, EXPIRES].map((field) => [field.name, field]));

/** The features in a form of a license. */
export function featuresOf({ values }: Fields): readonly FeatureValues[] {
  return (values["features"] ?? []) as readonly FeatureValues[];
}

/** The fields of one of the features in a form of a license. */
export function fieldsOfFeature(fields: Fields, at: number): Fields {
  const features = featuresOf(fields);
  const values: Values = features[at] ?? {};
  const set = (changes: Values) =>
    fields.set({ features: features.map((each, index) => (index === at ? { ...each, ...changes } : each)) });
  return {
    ...fields,
    values,
    entries,
    set,
    bind(name) {
      const field = entries.get(name);
      if (field === undefined) throw new Error(`a feature has no field ${name}`);
      const error = fields.errors[`features.${at}.${name}`];
      return { field, value: values[name], onChange: (value) => set({ [name]: value }), error };
    },
  };
}
