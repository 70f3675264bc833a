import { Text } from "@mantine/core";
import type { ItemOf } from "../../api/operation.ts";
import { useWhyNot } from "../../app/session.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { LicenseLink } from "../../parts/license-link.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { FromNow } from "../../parts/times.tsx";

type Request = ItemOf<"request list">;

const columns: readonly Column<Request>[] = [
  { field: "at", label: "Answered", width: 150, render: ({ at }) => <FromNow iso={at} /> },
  { field: "kind", label: "Kind", width: 130, render: ({ kind }) => wordsOf(kind) },
  { field: "product", label: "Product", render: ({ product }) => product },
  {
    field: "license",
    label: "License",
    width: 180,
    render: ({ license }) => (license === null ? "–" : <LicenseLink id={license}>{license}</LicenseLink>),
  },
  {
    field: "request_id",
    label: "Request id",
    width: 300,
    render: ({ request_id }) => <Text size="xs">{request_id}</Text>,
  },
];

const filters: readonly Filter[] = [
  {
    kind: "choice",
    field: "kind",
    label: "Kind",
    choices: [
      { value: "activation", label: "Activation" },
      { value: "deactivation", label: "Deactivation" },
    ],
  },
  { kind: "contains", field: "product", label: "Product" },
  { kind: "contains", field: "request_id", label: "Request id" },
];

/** The requests that were answered here. */
export function AnsweredRequests() {
  const whyNot = useWhyNot("request list");
  if (whyNot !== undefined) return <EmptyState title="You cannot see answered requests">This {whyNot}.</EmptyState>;
  return (
    <ListView
      operation="request list"
      label="Answered requests"
      columns={columns}
      filters={filters}
      order="-at"
      rowKey={({ id }) => id}
      empty={
        <EmptyState title="No request was answered yet">
          Drop the request file of a customer under <em>Request</em>.
        </EmptyState>
      }
    />
  );
}
