import { useDebouncedValue } from "@mantine/hooks";
import { useRef, useState } from "react";
import type { Given, ItemOf, ListName } from "../api/operation.ts";
import { useReply } from "../api/queries.ts";

type Choice = { readonly value: string; readonly label: string };

/**
 * Things of the server to choose from, found by what is typed: there may be more of them than fit in a menu.
 *
 * @param field by which they are found
 */
export function useFoundChoices<Name extends ListName>(
  list: Name,
  field: string,
  toChoice: (item: ItemOf<Name>) => Choice,
): { readonly data: Choice[]; onSearchChange(text: string): void } {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 200);
  // What was found before stays: one of them may be chosen.
  const seen = useRef(new Map<string, Choice>());
  const query = { limit: "50", order: field, ...(asked !== "" && { [`${field}.contains`]: asked }) };
  const found = useReply(list, { query } as unknown as Given<Name>);
  const items = (found.data?.reply as { readonly data: readonly ItemOf<Name>[] } | undefined)?.data ?? [];
  for (const item of items) {
    const choice = toChoice(item);
    seen.current.set(choice.value, choice);
  }
  return { data: [...seen.current.values()], onSearchChange: setText };
}
