import type { License } from "../../domain/license.ts";

/** By which names licenses are found, and the ids of those that have each, in the order they were added. */
export class LicenseIndex {
  readonly #ids = new Map<string, number[]>();

  /** The licenses of a name; not to be changed. */
  ids(name: string): readonly number[] {
    return this.#ids.get(name) ?? [];
  }

  add(name: string, id: number): void {
    const ids = this.#ids.get(name);
    if (ids === undefined) this.#ids.set(name, [id]);
    else ids.push(id);
  }

  /** @returns a function that puts it back in its place */
  remove(name: string, id: number): () => void {
    const ids = this.#ids.get(name) ?? [];
    const at = ids.lastIndexOf(id);
    if (at < 0) return () => {};
    ids.splice(at, 1);
    if (ids.length === 0) this.#ids.delete(name);
    return () => {
      ids.splice(at, 0, id);
      this.#ids.set(name, ids);
    };
  }
}

export const productName = (code: string) => `product ${code}`;
export const keyName = (key: string) => `key ${key}`;
export const userName = (id: number) => `user ${id}`;
export const bundleName = (code: string) => `bundle ${code}`;

/** Every name a license is found by. */
export function namesOf({ product, details, issued }: License): string[] {
  const names = [productName(product.code)];
  if (details.key !== null) names.push(keyName(details.key));
  for (const { userId } of issued?.users ?? []) names.push(userName(userId));
  if (issued?.bundleCode) names.push(bundleName(issued.bundleCode));
  return names;
}
