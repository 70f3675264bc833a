import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type { Given, ItemOf, ListName } from "../api/operation.ts";
import { useReply } from "../api/queries.ts";

/** How a list's things are named where one is chosen. */
export interface RecordKind<Name extends ListName> {
  readonly operation: Name;
  /** The field that names one. */
  readonly key: string;
  /** Fields that are looked through for what is typed. */
  readonly search: readonly [first: string, second?: string];
  toValue(item: ItemOf<Name>): string;
  toLabel(item: ItemOf<Name>): string;
}

interface RecordSelectProps<Name extends ListName> {
  readonly kind: RecordKind<Name>;
  readonly label: string;
  readonly about?: string;
  readonly value: string | null;
  onChange(value: string | null, label: string | undefined): void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly size?: string;
  readonly placeholder?: string;
}

const MOST_OFFERED = "30";

/** Chooses one of a list, of any length: the server looks for what is typed. */
export function RecordSelect<Name extends ListName>(props: RecordSelectProps<Name>) {
  const { kind, label, about, value, onChange, error, isRequired = false, size, placeholder } = props;
  const [typed, setTyped] = useState("");
  const [settled] = useDebouncedValue(typed, 200);
  const chosen = useList(kind, { [kind.key]: value ?? "" }, value !== null);
  // What stands there is the chosen one's label: nobody looks for that.
  const wanted = chosen.some((choice) => choice.label === settled) ? "" : settled;
  const [first, second] = kind.search;
  const byFirst = useList(kind, queryOf(first, wanted), true);
  const bySecond = useList(kind, queryOf(second ?? first, wanted), second !== undefined && wanted !== "");
  const offered = new Map([...chosen, ...byFirst, ...bySecond].map((choice) => [choice.value, choice]));
  return (
    <Select
      label={label}
      description={about}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={error}
      required={isRequired}
      {...(size !== undefined && { size })}
      placeholder={placeholder}
      data={[...offered.values()]}
      // The server has looked already.
      filter={({ options }) => options}
      value={value}
      onChange={(next) => onChange(next, next === null ? undefined : offered.get(next)?.label)}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage="Nothing is called like that"
      clearable={!isRequired}
      clearButtonProps={{ "aria-label": `No ${label}` }}
    />
  );
}

function queryOf(field: string, wanted: string): Readonly<Record<string, string>> {
  return { limit: MOST_OFFERED, ...(wanted !== "" && { [`${field}.contains`]: wanted }) };
}

function useList<Name extends ListName>(
  { operation, toValue, toLabel }: RecordKind<Name>,
  query: Readonly<Record<string, string>>,
  enabled: boolean,
) {
  const found = useReply(operation, { query } as Given<Name>, { enabled });
  const { data: items = [] } = (found.data?.reply ?? {}) as { readonly data?: readonly ItemOf<Name>[] };
  return enabled ? items.map((item) => ({ value: toValue(item), label: toLabel(item) })) : [];
}
