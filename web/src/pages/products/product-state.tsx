import type { ItemOf } from "../../api/operation.ts";
import type { Choices } from "../../parts/filter-bar.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";

export type Product = ItemOf<"product list">;

const tones = { active: "good", disabled: "warning", archived: "plain" } as const;
const words = { active: "Active", disabled: "Disabled", archived: "Archived" } as const;

export const STATES: Choices = Object.entries(words).map(([value, label]) => ({ value, label }));
export const METHODS: Choices = [
  { value: "license-key", label: "License key" },
  { value: "user", label: "License user" },
];

/** What activates a license of a product, as words. */
export function methodOf(product: Pick<Product, "authorization_method">): string {
  return METHODS.find(({ value }) => value === product.authorization_method)?.label ?? "";
}

export function ProductState({ state }: Pick<Product, "state">) {
  return <StateBadge tone={tones[state]}>{words[state]}</StateBadge>;
}
