import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { EventDialog } from "../../parts/event-dialog.tsx";
import { actorOf, eventKinds } from "../../parts/event-words.ts";
import type { Filter } from "../../parts/filter-bar.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { ListView } from "../../parts/list-view.tsx";
import { RowAction } from "../../parts/row-actions.tsx";
import { FromNow } from "../../parts/times.tsx";

type Event = ItemOf<"audit list">;

const filters: readonly Filter[] = [
  { kind: "choice", field: "kind", label: "What happened", choices: eventKinds },
  { kind: "contains", field: "holder", label: "Holder" },
  { kind: "since", field: "at", label: "From" },
  { kind: "until", field: "at", label: "To" },
];

/** What happened to a license and who did it, newest first. */
export function HistoryTab({ license }: { readonly license: number }) {
  const [shown, setShown] = useState<Event>();
  const columns: readonly Column<Event>[] = [
    { field: "at", label: "When", width: 150, render: ({ at }) => <FromNow iso={at} /> },
    { label: "What happened", width: 180, render: ({ kind }) => wordsOf(kind) },
    { label: "Feature", width: 130, render: ({ feature }) => feature ?? "" },
    { label: "Holder", width: 150, render: ({ holder }) => holder },
    { label: "By", width: 150, render: actorOf },
    {
      label: "Details",
      isPinned: true,
      width: 90,
      render: (event) => (
        <RowAction
          verb="Show"
          of={`${wordsOf(event.kind)}, event ${event.id}`}
          operation="audit list"
          onClick={() => setShown(event)}
        />
      ),
    },
  ];
  return (
    <>
      <ListView
        operation="audit list"
        label="History"
        query={{ license: String(license) }}
        columns={columns}
        filters={filters}
        order="-at"
        rowKey={({ id }) => id}
        empty={<EmptyState title="Nothing has happened yet" />}
      />
      {shown !== undefined && <EventDialog event={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}
