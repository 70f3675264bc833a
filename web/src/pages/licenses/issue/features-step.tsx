import { Button, Checkbox, Group, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { StateBadge } from "../../../parts/state-badge.tsx";
import type { Fields } from "../../../parts/use-fields.ts";
import { featureWords } from "../feature-words.ts";
import { type FeatureValues, featuresOf, fieldsOfFeature } from "../override-fields.ts";
import { OverrideForm } from "../override-form.tsx";
import type { Product } from "./draft.ts";

/** Which features the license has, and what each has otherwise than the product says. */
export function FeaturesStep({
  fields,
  product,
  before,
}: {
  readonly fields: Fields;
  readonly product: Product;
  /** What they would be anyway. */
  readonly before: readonly FeatureValues[];
}) {
  const chosen = featuresOf(fields);
  if (product.features.length === 0)
    return <Text size="sm">The product has no features: the license is for all of it.</Text>;
  const toggle = (code: string, isOn: boolean) => {
    const own = before.find((each) => each.code === code) ?? product.features.find((each) => each.code === code);
    const kept = chosen.filter((each) => each.code !== code);
    const next = isOn && own !== undefined ? [...kept, own] : kept;
    // In the product's order, so that switching one off and on again changes nothing.
    const order = product.features.map((each) => each.code);
    fields.set({ features: next.toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code)) });
  };
  return (
    <Stack gap="sm">
      {product.features.map(({ code, name }) => {
        const at = chosen.findIndex((each) => each.code === code);
        return (
          <Paper key={code} withBorder p="sm">
            <Checkbox
              label={`${name} (${code})`}
              checked={at >= 0}
              onChange={({ currentTarget }) => toggle(code, currentTarget.checked)}
            />
            {at >= 0 && <Chosen fields={fields} at={at} before={before} />}
          </Paper>
        );
      })}
    </Stack>
  );
}

function Chosen({
  fields,
  at,
  before,
}: {
  readonly fields: Fields;
  readonly at: number;
  readonly before: readonly FeatureValues[];
}) {
  const isWrong = Object.keys(fields.errors).some((path) => path.startsWith(`features.${at}.`));
  const [isOpened, setIsOpened] = useState(false);
  const isOpen = isOpened || isWrong;
  const feature = featuresOf(fields)[at] as FeatureValues;
  const usual = before.find(({ code }) => code === feature.code);
  const isChanged = usual !== undefined && JSON.stringify(usual) !== JSON.stringify(feature);
  return (
    <Stack gap="sm" mt="xs" pl={32}>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {featureWords(feature)}
          </Text>
          {isChanged && <StateBadge tone="plain">Changed for this license</StateBadge>}
        </Group>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Close" : "Change"} ${feature.code} for this license`}
          onClick={() => setIsOpened(!isOpen)}
        >
          {isOpen ? "Close" : "Change"}
        </Button>
      </Group>
      {isOpen && <OverrideForm fields={fieldsOfFeature(fields, at)} />}
    </Stack>
  );
}
