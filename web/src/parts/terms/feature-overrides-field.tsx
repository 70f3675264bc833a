import { Fieldset, Select, Stack, Text } from "@mantine/core";
import type { FeatureObject, FeatureOverrides } from "../../../../schemas/management.d.ts";
import { FeatureOverride } from "./feature-override.tsx";

const WAYS = [
  { value: "all", label: "Every feature, as the product has it" },
  { value: "chosen", label: "Those chosen here, with values of their own" },
];

/** Which features of the product a policy or a license has, and what is otherwise than the product says. */
export function FeatureOverridesField({
  features,
  value,
  onChange,
  error,
}: {
  /** Of the product. */
  readonly features: readonly FeatureObject[];
  /** Null is every feature as it is. */
  readonly value: FeatureOverrides | null;
  onChange(value: FeatureOverrides | null): void;
  readonly error: string | undefined;
}) {
  return (
    <Fieldset legend="Features">
      <Stack gap="sm">
        <Select
          label="Which features"
          data={WAYS}
          value={value === null ? "all" : "chosen"}
          onChange={(way) => onChange(way === "chosen" ? features.map(({ code }) => ({ code })) : null)}
          allowDeselect={false}
        />
        {features.length === 0 && (
          <Text size="sm" c="dimmed">
            The product has no features yet.
          </Text>
        )}
        {value !== null &&
          features.map((feature) => (
            <FeatureOverride
              key={feature.code}
              feature={feature}
              override={value.find(({ code }) => code === feature.code)}
              onChange={(override) => onChange(withOverride(features, value, feature.code, override))}
            />
          ))}
        {error !== undefined && (
          <Text size="sm" c="red" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}

/** In the order of the product's features. */
function withOverride(
  features: readonly FeatureObject[],
  value: FeatureOverrides,
  code: string,
  override: FeatureOverrides[number] | undefined,
): FeatureOverrides {
  return features.flatMap((feature) => {
    const found = feature.code === code ? override : value.find((each) => each.code === feature.code);
    return found === undefined ? [] : [found];
  });
}
