import type { Store } from "../../store/store.ts";

/** Products by their ids: records know them by those, and requests by their codes. */
export async function codesOfProducts(store: Store): Promise<ReadonlyMap<number, string>> {
  return new Map((await store.records("product")).map(({ id, code }) => [id, code]));
}
