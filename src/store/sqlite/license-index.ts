import type { License } from "../../domain/license.ts";

interface Entry {
  readonly id: number;
  /** Orders licenses by when they came. */
  readonly added: number;
}

/** By which names licenses are found, and which have each, in the order they were added. */
export class LicenseIndex {
  readonly #entries = new Map<string, Entry[]>();

  /** The ids of the licenses of a name. */
  ids(name: string): number[] {
    return (this.#entries.get(name) ?? []).map(({ id }) => id);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The id of the license of a name that was added last. */
  last(name: string): number | undefined {
    return this.#entries.get(name)?.at(-1)?.id;
  }

  /** In its place by when the license came: one that gets another's name later is not thereby the last of it. [LIC-4] */
  add(name: string, entry: Entry): void {
    const entries = this.#entries.get(name);
    if (entries === undefined) {
      this.#entries.set(name, [entry]);
      return;
    }
    const before = entries.findLastIndex(({ added }) => added < entry.added);
    entries.splice(before + 1, 0, entry);
  }

  remove(name: string, { id }: Entry): void {
    const entries = this.#entries.get(name) ?? [];
    const at = entries.findLastIndex((entry) => entry.id === id);
    if (at >= 0) entries.splice(at, 1);
    if (entries.length === 0) this.#entries.delete(name);
  }
}

export const productName = (code: string) => `product ${code}`;
export const keyName = (key: string) => `key ${key}`;
export const userName = (id: number) => `user ${id}`;
export const customerName = (id: number) => `customer ${id}`;
export const orderName = (id: number) => `order ${id}`;
export const policyName = (id: number) => `policy ${id}`;
export const bundleName = (code: string) => `bundle ${code}`;

/** Every name a license is found by. */
export function namesOf({ product, details, issued }: License): string[] {
  const names = [productName(product.code)];
  if (details.key !== null) names.push(keyName(details.key));
  for (const { userId } of issued?.users ?? []) names.push(userName(userId));
  if (typeof issued?.bundleCode === "string") names.push(bundleName(issued.bundleCode));
  if (typeof issued?.customerId === "number") names.push(customerName(issued.customerId));
  if (typeof issued?.orderId === "number") names.push(orderName(issued.orderId));
  if (typeof issued?.policyId === "number") names.push(policyName(issued.policyId));
  return names;
}
