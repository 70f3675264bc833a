import type { Choices, Filter } from "../../parts/filter-bar.tsx";
import { poolName } from "../../parts/seat-names.ts";
import type { UrlState } from "../../parts/url-state.ts";
import { NO_FEATURE, type Pool } from "./pool-filter.ts";

/** By what holders are filtered: what there is to choose is what the pools have. */
export function filtersOf(pools: readonly Pool[], state: UrlState): readonly Filter[] {
  const product = choicesOf(
    pools.map((pool) => [pool.product, pool.product]),
    state["product"],
  );
  const license = choicesOf(
    pools.map((pool) => [String(pool.license), `${pool.license} (${pool.product})`]),
    state["license"],
  );
  const feature = choicesOf(
    pools.map((pool) => [pool.feature ?? NO_FEATURE, poolName(pool.feature)]),
    state["feature"],
  );
  return [
    { kind: "choice", field: "product", label: "Product", choices: product },
    { kind: "choice", field: "license", label: "License", choices: license },
    { kind: "choice", field: "feature", label: "Feature", choices: feature },
    { kind: "contains", field: "holder", label: "Holder" },
    { kind: "contains", field: "hostname", label: "Host" },
  ];
}

/** Each once; what the address says is one of them even where no pool has it any more. */
function choicesOf(pairs: readonly (readonly [value: string, label: string])[], now: string | undefined): Choices {
  const labels = new Map(pairs);
  if (now !== undefined && !labels.has(now)) labels.set(now, now);
  return [...labels].map(([value, label]) => ({ value, label }));
}
