import type { ListFields } from "../../management/operation.ts";
import type { ItemFields } from "./list-query.ts";
import { camel } from "./names.ts";

/** What the fields of a list are on records that have them by the same names. */
export function recordFieldsOf<Item extends object>(list: ListFields): ItemFields<Item> {
  return Object.fromEntries(
    Object.keys(list).map((name) => {
      const field = camel(name);
      return [name, (item: Item) => (item as Record<string, never>)[field]];
    }),
  );
}
