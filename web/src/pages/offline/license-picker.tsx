import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import { useReply } from "../../api/queries.ts";

const MOST_SHOWN = "20";

/** Finds a license by a piece of its key: the server looks, so that there may be any number of them. */
export function LicensePicker({
  value,
  onChange,
}: {
  readonly value: number | undefined;
  onChange(license: number | undefined): void;
}) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 200);
  const chosen = useReply("license show", { params: { license: value ?? 0 } }, { enabled: value !== undefined });
  const known = chosen.data?.reply;
  // What is in the field once one is chosen is no search.
  const isSearch = known === undefined || search !== labelOf(known);
  const found = useReply("license list", {
    query: { is_active: "true", limit: MOST_SHOWN, ...(isSearch && search !== "" && { "key.contains": search }) },
  });
  const licenses = [...(known === undefined ? [] : [known]), ...(found.data?.reply.data ?? [])];
  const data = new Map(licenses.map((each) => [each.id, { value: String(each.id), label: labelOf(each) }]));
  return (
    <Select
      label="License"
      description="Type a piece of its key. Only licenses that are activated have a file to refresh."
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={[...data.values()]}
      value={value === undefined ? null : String(value)}
      onChange={(next) => onChange(next === null ? undefined : Number(next))}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has looked already, except where the field shows what is chosen.
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? "Looking…" : "No active license has this in its key"}
      required
    />
  );
}

function labelOf({ id, key, product }: ItemOf<"license list">): string {
  return `${key ?? `License ${id}`} (${product})`;
}
