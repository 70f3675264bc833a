import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ItemOf } from "../../api/operation.ts";
import { ConsumptionBar } from "../../parts/consumption-bar.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { LicenseLink } from "../../parts/license-link.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { FromNow } from "../../parts/times.tsx";

type Counter = ItemOf<"counter list">;

const columns: readonly Column<Counter>[] = [
  {
    field: "license_key",
    label: "License",
    width: 190,
    render: ({ license, license_key }) => <LicenseLink id={license}>{license_key ?? `License ${license}`}</LicenseLink>,
  },
  { field: "product", label: "Product", width: 90, render: ({ product }) => product },
  { field: "feature", label: "Feature", width: 130, render: ({ feature }) => feature ?? "the license itself" },
  {
    field: "consumed",
    label: "Consumed",
    width: 210,
    render: (counter) => (
      <ConsumptionBar
        consumed={counter.consumed}
        max={counter.max_consumptions}
        isUnlimited={counter.unlimited_consumptions}
        label={counter.feature ?? counter.product}
      />
    ),
  },
  { label: "Overages", width: 130, render: overagesOf },
  { field: "consumption_resets", label: "Starts again", width: 180, render: periodOf },
  { label: "History", width: 80, render: (counter) => <HistoryLink counter={counter} /> },
];

const filters: readonly Filter[] = [
  { kind: "contains", field: "license_key", label: "License key" },
  { kind: "contains", field: "product", label: "Product" },
  { kind: "contains", field: "feature", label: "Feature" },
];

/** How much of every counter is used up. */
export function CounterList() {
  return (
    <ListView
      operation="counter list"
      label="Counters"
      columns={columns}
      filters={filters}
      rowKey={({ id }) => id}
      everyMs={10_000}
      empty={
        <EmptyState title="Nothing is counted here">
          No license here is of type consumption, and none has a feature that is. What is counted comes with the license
          file of the vendor.
        </EmptyState>
      }
    />
  );
}

/** How much lies beyond the maximum, of what may. */
function overagesOf({ consumed, max_consumptions, unlimited_consumptions, most_overages }: Counter): string {
  if (unlimited_consumptions) return "–";
  const over = Math.max(0, consumed - max_consumptions);
  if (most_overages === null) return over > 0 ? `${over}, any allowed` : "any allowed";
  if (over > 0) return `${over} of ${most_overages}`;
  return most_overages === 0 ? "none allowed" : `up to ${most_overages}`;
}

function periodOf({ consumption_resets, resets_at }: Counter) {
  if (consumption_resets === null) return "never";
  return (
    <>
      {wordsOf(consumption_resets)}, <FromNow iso={resets_at} />
    </>
  );
}

function HistoryLink({ counter: { license, feature } }: { readonly counter: Counter }) {
  const search = { tab: "history", license: String(license), ...(feature !== null && { feature }) };
  return (
    <Anchor
      aria-label={`Show history of ${feature ?? `license ${license}`}`}
      renderRoot={(props) => <Link to="/consumption" search={search as never} {...props} />}
    >
      Show
    </Anchor>
  );
}
