import { Select, SimpleGrid } from "@mantine/core";
import type { FeatureObject, FeatureOverrides } from "../../../../schemas/management.d.ts";
import type { FieldEntry, OperationEntry } from "../../api/operation.ts";
import { operationTable } from "../../api/operation-table.ts";
import { FieldInput } from "../field-input.tsx";
import { YES_NO } from "../filter-bar.tsx";
import { labelOf, wordsOf } from "../labels.ts";
import { duration } from "../times.tsx";
import { applies } from "./applied-terms.ts";

type Override = FeatureOverrides[number];

const NAMES = [
  "cloud_floating",
  "offline_floating",
  "seats",
  "timeout_seconds",
  "can_borrow",
  "max_borrow_seconds",
  "unlimited_consumptions",
  "max_consumptions",
  "consumption_resets",
  "allow_overages",
  "max_overages",
  "allow_negative_consumptions",
] as const;

const EXPIRES: FieldEntry = { name: "expires_at", kind: "time", isNullable: true };

/** The values of a feature, each as the product has it where it is left empty. */
export function OverrideFields({
  feature,
  override,
  onChange,
}: {
  readonly feature: FeatureObject;
  readonly override: Override;
  onChange(override: Override): void;
}) {
  const { fields = [] }: OperationEntry = operationTable["feature update"];
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...others } = override as Readonly<Record<string, unknown>>;
    onChange({ ...others, ...(value !== undefined && value !== null && { [name]: value }) } as Override);
  };
  const names = NAMES.filter((name) => applies(name, { ...feature, ...override }));
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {names.map((name) => {
        const field = fields.find((each) => each.name === name);
        if (field === undefined) return null;
        const about = `The product: ${shown(field, feature[name])}`;
        const common = { value: override[name], onChange: (value: unknown) => set(name, value), about };
        return field.kind === "flag" ? (
          <FlagChoice key={name} name={name} {...common} />
        ) : (
          <FieldInput key={name} field={field} {...common} />
        );
      })}
      <FieldInput
        field={EXPIRES}
        label="Feature ends"
        about="Left empty: with the license."
        value={override.expires_at}
        onChange={(value) => set("expires_at", value)}
      />
    </SimpleGrid>
  );
}

/** Yes, no, or as the product has it. */
function FlagChoice({
  name,
  value,
  about,
  onChange,
}: {
  readonly name: string;
  readonly value: unknown;
  readonly about: string;
  onChange(value: boolean | undefined): void;
}) {
  return (
    <Select
      label={labelOf(name)}
      description={about}
      inputWrapperOrder={["label", "input", "description", "error"]}
      placeholder="As the product"
      data={[...YES_NO]}
      value={typeof value === "boolean" ? String(value) : null}
      onChange={(next) => onChange(next === null ? undefined : next === "true")}
      clearable
      clearButtonProps={{ "aria-label": `${labelOf(name)} as the product` }}
    />
  );
}

function shown({ kind }: FieldEntry, value: unknown): string {
  if (kind === "flag") return value === true ? "yes" : "no";
  if (kind === "seconds") return duration(Number(value ?? 0));
  if (kind === "number") return Number(value ?? 0).toLocaleString("en");
  return typeof value === "string" ? wordsOf(value).toLowerCase() : "never";
}
