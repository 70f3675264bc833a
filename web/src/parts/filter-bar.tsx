import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { UrlState } from "./url-state.ts";

/** One thing that a list can be filtered by, and how. */
export type Filter =
  /** Has the text in it. */
  | { readonly kind: "contains"; readonly field: string; readonly label: string }
  /** Is exactly this text, or this number. */
  | { readonly kind: "is"; readonly field: string; readonly label: string }
  | { readonly kind: "choice"; readonly field: string; readonly label: string; readonly choices: Choices }
  /** Not before, or not after, a day. */
  | { readonly kind: "since" | "until"; readonly field: string; readonly label: string };

/** Values by what they are called. */
export type Choices = readonly { readonly value: string; readonly label: string }[];
export const YES_NO: Choices = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

/** The parameter of the list that a filter sets. */
export function parameterOf({ kind, field }: Filter): string {
  const endings = { contains: ".contains", is: "", choice: "", since: ".gte", until: ".lte" };
  return `${field}${endings[kind]}`;
}

/** Filters of a list, kept in the address. */
export function FilterBar({
  label,
  filters,
  state,
  onChange,
}: {
  /** Of the list. */
  readonly label: string;
  readonly filters: readonly Filter[];
  readonly state: UrlState;
  onChange(changes: UrlState): void;
}) {
  const set = filters.filter((filter) => state[parameterOf(filter)] !== undefined);
  const clear = () => onChange(Object.fromEntries(set.map((filter) => [parameterOf(filter), undefined])));
  return (
    <Group gap="xs" align="flex-end" role="search" aria-label={`Filters of ${label}`}>
      {filters.map((filter) => {
        const parameter = parameterOf(filter);
        const value = state[parameter] ?? "";
        const change = (next: string | null) => onChange({ [parameter]: next ?? undefined });
        if (filter.kind === "choice") {
          return (
            <Select
              key={parameter}
              label={filter.label}
              size="xs"
              w={150}
              clearable
              placeholder="Any"
              data={[...filter.choices]}
              value={value === "" ? null : value}
              onChange={change}
              clearButtonProps={{ "aria-label": `Any ${filter.label}` }}
            />
          );
        }
        if (filter.kind === "since" || filter.kind === "until") {
          return (
            <TextInput
              key={parameter}
              type="date"
              label={filter.label}
              size="xs"
              value={value.slice(0, 10)}
              onChange={({ currentTarget }) => change(dayOf(currentTarget.value, filter.kind))}
            />
          );
        }
        return <TypedFilter key={parameter} label={filter.label} value={value} onChange={change} />;
      })}
      {set.length > 0 && (
        <Button variant="subtle" size="xs" onClick={clear}>
          Clear filters
        </Button>
      )}
    </Group>
  );
}

/** A day begins at midnight, and ends just before the next. */
function dayOf(date: string, kind: "since" | "until"): string | null {
  if (date === "") return null;
  return kind === "since" ? `${date}T00:00:00Z` : `${date}T23:59:59.999Z`;
}

function TypedFilter({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}) {
  const [typed, setTyped] = useState(value);
  const tell = useDebouncedCallback(onChange, 250);
  // Cleared, or gone back to.
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      label={label}
      size="xs"
      w={170}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}
