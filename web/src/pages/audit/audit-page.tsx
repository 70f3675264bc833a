import { Anchor } from "@mantine/core";
import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { FullTime } from "../../parts/times.tsx";
import { ChainCheck } from "./chain-check.tsx";
import { EventDialog } from "./event-dialog.tsx";
import { actorName, eventWords } from "./event-words.ts";

type Event = ItemOf<"audit list">;

const filters: readonly Filter[] = [
  { kind: "contains", field: "kind", label: "Kind" },
  { kind: "contains", field: "actor", label: "Who" },
  { kind: "contains", field: "holder", label: "Holder" },
  { kind: "contains", field: "feature", label: "Feature" },
  { kind: "is", field: "license", label: "License" },
  { kind: "is", field: "request_id", label: "Request" },
  { kind: "since", field: "at", label: "Since" },
  { kind: "until", field: "at", label: "Until" },
];

/** What happened, who did it, and the proof that nothing is missing. */
export function AuditPage() {
  const [shown, setShown] = useState<Event>();
  const columns: readonly Column<Event>[] = [
    { field: "id", label: "No.", render: ({ id }) => id, isNumber: true, width: 90 },
    { label: "When", render: ({ at }) => <FullTime iso={at} />, width: 190 },
    {
      label: "What",
      render: (event) => (
        <Anchor component="button" type="button" onClick={() => setShown(event)}>
          {eventWords(event)}
        </Anchor>
      ),
      width: 240,
    },
    { label: "Who", render: (event) => actorName(event), width: 160 },
    { label: "License", render: ({ license }) => license ?? "", width: 170 },
    { label: "Feature", render: ({ feature }) => feature ?? "", width: 120 },
    { label: "Holder", render: ({ holder }) => holder ?? "", width: 150 },
  ];
  return (
    <Page
      title="Audit"
      about="Every check-out, release, denial and change, written in the same commit as the change itself."
      actions={<ChainCheck />}
    >
      <ListView
        operation="audit list"
        label="Events"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        order="-id"
        everyMs={5_000}
        empty={<EmptyState title="Nothing has happened yet">Events come with the first change.</EmptyState>}
      />
      {shown !== undefined && <EventDialog event={shown} onClose={() => setShown(undefined)} />}
    </Page>
  );
}
