import type { ListFields } from "../../management/operation.ts";
import type { ItemFields } from "./list-query.ts";
import { camel, inUnitOf } from "./names.ts";

/** What the fields of a list are on records that have them by the same names: as the wire shows them, but for times. */
export function recordFieldsOf<Item extends object>(list: ListFields): ItemFields<Item> {
  return Object.fromEntries(
    Object.keys(list).map((name) => {
      const field = camel(name);
      return [name, (item: Item) => inUnitOf(name, (item as Record<string, never>)[field])];
    }),
  );
}
