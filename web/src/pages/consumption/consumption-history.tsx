import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { LicenseLink } from "../../parts/license-link.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";

type Event = ItemOf<"audit list">;

const KINDS = { "kind.in": "consumption_added,consumption_denied" } as const;

const columns: readonly Column<Event>[] = [
  { field: "at", label: "When", width: 150, render: ({ at }) => <FromNow iso={at} /> },
  {
    label: "Outcome",
    width: 110,
    render: ({ kind }) =>
      kind === "consumption_added" ? (
        <StateBadge tone="good">counted</StateBadge>
      ) : (
        <StateBadge tone="bad">refused</StateBadge>
      ),
  },
  { label: "Amount", width: 90, isNumber: true, render: ({ data }) => amountOf(data["amount"]) },
  { label: "Total then", width: 100, isNumber: true, render: ({ data }) => amountOf(data["total"]) },
  {
    label: "License",
    width: 180,
    render: ({ license }) => (license === null ? "–" : <LicenseLink id={license}>{license}</LicenseLink>),
  },
  {
    label: "Feature",
    render: ({ feature, feature_id }) =>
      feature ?? (feature_id === null ? "the license itself" : `feature ${feature_id}`),
  },
  { label: "By", render: ({ holder }) => holder ?? "–" },
];

const filters: readonly Filter[] = [
  {
    kind: "choice",
    field: "kind",
    label: "Outcome",
    choices: [
      { value: "consumption_added", label: "Counted" },
      { value: "consumption_denied", label: "Refused" },
    ],
  },
  { kind: "is", field: "license", label: "License id" },
  { kind: "is", field: "feature", label: "Feature code" },
  { kind: "is", field: "holder", label: "By" },
  { kind: "since", field: "at", label: "Since" },
  { kind: "until", field: "at", label: "Until" },
];

/** Every addition, and every one that was refused. */
export function ConsumptionHistory() {
  return (
    <ListView
      operation="audit list"
      label="History of consumption"
      query={KINDS}
      columns={columns}
      filters={filters}
      order="-at"
      rowKey={({ id }) => id}
      empty={
        <EmptyState title="Nothing was consumed yet">
          Each addition of an application to a counter is listed here.
        </EmptyState>
      }
    />
  );
}

/** Negative ones give back. */
function amountOf(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en") : "–";
}
