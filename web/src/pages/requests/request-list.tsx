import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { LicenseLink } from "../../parts/license-link.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { fileName, saveFile } from "../../parts/save-file.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";

type Request = ItemOf<"request list">;

const columns: readonly Column<Request>[] = [
  { field: "at", label: "Written", width: 130, render: ({ at }) => <FromNow iso={at} /> },
  { field: "kind", label: "Kind", width: 120, render: ({ kind }) => wordsOf(kind) },
  { field: "product", label: "Product", render: ({ product }) => product },
  { field: "license", label: "License", width: 170, render: licenseOf },
  { field: "is_closed", label: "State", width: 210, render: stateOf },
  { label: "File", width: 120, render: (request) => <AgainButton request={request} /> },
  {
    field: "request_id",
    label: "Request id",
    width: 130,
    render: ({ request_id }) => <span title={request_id}>{request_id}</span>,
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
  {
    kind: "choice",
    field: "is_closed",
    label: "State",
    choices: [
      { value: "false", label: "Open" },
      { value: "true", label: "Closed" },
    ],
  },
  { kind: "contains", field: "product", label: "Product" },
  { kind: "contains", field: "request_id", label: "Request id" },
];

/** @param create the button that begins one, for where there is none yet */
export function RequestList({ create }: { readonly create: ReactNode }) {
  return (
    <ListView
      operation="request list"
      label="Requests"
      columns={columns}
      filters={filters}
      order="-at"
      rowKey={({ id }) => id}
      empty={
        <EmptyState title="No requests yet" action={create}>
          A license comes to this server in three steps: create an activation request, send its file to the vendor, and
          import the license file that comes back.
        </EmptyState>
      }
    />
  );
}

/** A license that was given back is not here any more. */
function licenseOf({ kind, license }: Request): ReactNode {
  if (license === null) return "–";
  return kind === "activation" ? <LicenseLink id={license}>{license}</LicenseLink> : license;
}

function stateOf({ kind, license, is_closed }: Request): ReactNode {
  if (kind === "deactivation") return <StateBadge tone="plain">license given back</StateBadge>;
  if (!is_closed) return <StateBadge tone="warning">waits for the answer</StateBadge>;
  return license === null ? (
    <StateBadge tone="plain">ended by a deactivation</StateBadge>
  ) : (
    <StateBadge tone="good">license imported</StateBadge>
  );
}

/** The file of a deactivation cannot be written a second time, so it is kept. */
function AgainButton({ request: { file, product, request_id } }: { readonly request: Request }) {
  if (file === null) return "not kept";
  const save = () => saveFile(fileName(["deactivate", product, request_id.slice(0, 8)], ".req"), file);
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={save}
      aria-label={`Download the file of request ${request_id}`}
    >
      Download
    </Button>
  );
}
