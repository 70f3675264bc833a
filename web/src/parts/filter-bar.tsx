import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactNode, useEffect, useState } from "react";
import type { UrlState } from "./url-state.ts";

/** One thing that a list can be filtered by, and how. */
export type Filter =
  /** Has the text in it. */
  | { readonly kind: "contains"; readonly field: string; readonly label: string }
  /** Is exactly this text, or this number. */
  | { readonly kind: "is"; readonly field: string; readonly label: string }
  | { readonly kind: "choice"; readonly field: string; readonly label: string; readonly choices: Choices }
  /** Not before, or not after, a day. */
  | { readonly kind: "since" | "until"; readonly field: string; readonly label: string }
  /** Refers to something else, which is chosen. */
  | {
      readonly kind: "record";
      readonly field: string;
      readonly label: string;
      render(value: string | null, onChange: (value: string | null) => void): ReactNode;
    };

/** Values by what they are called. */
export type Choices = readonly { readonly value: string; readonly label: string }[];
export const YES_NO: Choices = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

/** The parameter of the list that a filter sets. */
export function parameterOf({ kind, field }: Filter): string {
  const endings = { contains: ".contains", is: "", choice: "", record: "", since: ".gte", until: ".lte" };
  return `${field}${endings[kind]}`;
}

/** What the filters ask of a list, by its parameters. */
export function askedBy(filters: readonly Filter[], state: UrlState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filters.map(parameterOf).flatMap((parameter) => {
      const value = state[parameter];
      return value === undefined ? [] : [[parameter, value]];
    }),
  );
}

/** A phone shows so many, and the others when they are asked for. */
const ON_A_PHONE = 2;

/** Filters of a list, kept in the address. */
export function FilterBar({
  label,
  filters,
  state,
  onChange,
}: {
  /** What is filtered, where a page has several bars. */
  readonly label?: string;
  readonly filters: readonly Filter[];
  readonly state: UrlState;
  onChange(changes: UrlState): void;
}) {
  const set = filters.filter((filter) => state[parameterOf(filter)] !== undefined);
  const [isWhole, setIsWhole] = useState(false);
  const isHidden = (filter: Filter, at: number) => at >= ON_A_PHONE && !isWhole && !set.includes(filter);
  const clear = () => onChange(Object.fromEntries(set.map((filter) => [parameterOf(filter), undefined])));
  return (
    <Group gap="xs" align="flex-end" role="search" aria-label={label}>
      {filters.map((filter, at) => {
        const parameter = parameterOf(filter);
        const from = isHidden(filter, at) ? "sm" : undefined;
        const value = state[parameter] ?? "";
        const change = (next: string | null) => onChange({ [parameter]: next ?? undefined });
        if (filter.kind === "record") {
          return <div key={parameter}>{filter.render(value === "" ? null : value, change)}</div>;
        }
        if (filter.kind === "choice") {
          return (
            <Select
              key={parameter}
              visibleFrom={from}
              label={filter.label}
              size="xs"
              w={150}
              clearable
              searchable={filter.choices.length > 8}
              limit={100}
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
              visibleFrom={from}
              type="date"
              label={filter.label}
              size="xs"
              value={value.slice(0, 10)}
              onChange={({ currentTarget }) => change(dayOf(currentTarget.value, filter.kind))}
            />
          );
        }
        return <TypedFilter key={parameter} visibleFrom={from} label={filter.label} value={value} onChange={change} />;
      })}
      {filters.some(isHidden) && (
        <Button variant="subtle" size="xs" hiddenFrom="sm" onClick={() => setIsWhole(true)}>
          All filters
        </Button>
      )}
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
  visibleFrom,
}: {
  readonly visibleFrom: "sm" | undefined;
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
      visibleFrom={visibleFrom}
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
