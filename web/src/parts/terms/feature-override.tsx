import { Button, Checkbox, Group, Paper, Stack } from "@mantine/core";
import { useState } from "react";
import type { FeatureObject, FeatureOverrides } from "../../../../schemas/management.d.ts";
import { duration } from "../times.tsx";
import { isFloating } from "./applied-terms.ts";
import { OverrideFields } from "./override-fields.tsx";
import { floatsOf, limitOf } from "./term-words.ts";

type Override = FeatureOverrides[number];

/** Whether a license has a feature of its product, and with which values. */
export function FeatureOverride({
  feature,
  override,
  onChange,
}: {
  readonly feature: FeatureObject;
  /** Undefined: not on the license. */
  readonly override: Override | undefined;
  onChange(override: Override | undefined): void;
}) {
  const own = Object.keys(override ?? {}).length - 1;
  const [isOpen, setIsOpen] = useState(own > 0);
  const name = feature.name;
  return (
    <Paper withBorder p="sm" role="group" aria-label={`Feature ${name}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Checkbox
            label={name}
            description={`${feature.code} · ${summaryOf({ ...feature, ...override })}`}
            checked={override !== undefined}
            onChange={({ currentTarget }) => onChange(currentTarget.checked ? { code: feature.code } : undefined)}
            style={{ flex: "1 1 12rem" }}
          />
          {override !== undefined && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-expanded={isOpen}
              aria-label={`Own values of ${name}`}
              onClick={() => setIsOpen(!isOpen)}
            >
              Own values{own > 0 && ` (${own})`}
            </Button>
          )}
        </Group>
        {override !== undefined && isOpen && (
          <OverrideFields feature={feature} override={override} onChange={onChange} />
        )}
      </Stack>
    </Paper>
  );
}

/** What a license gets of a feature. */
function summaryOf(terms: FeatureObject): string {
  const seats = isFloating(terms)
    ? [`${terms.seats ?? 0} seats, ${floatsOf(terms).toLowerCase()}`, `timeout ${duration(terms.timeout_seconds ?? 0)}`]
    : ["does not float"];
  return [...seats, ...(terms.type === "consumption" ? [`may consume ${limitOf(terms).toLowerCase()}`] : [])].join(
    ", ",
  );
}
