import type { ItemOf } from "../../api/operation.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { poolName, seatName } from "../../parts/seat-names.ts";
import { FromNow } from "../../parts/times.tsx";

export type Seat = ItemOf<"seat list">;

/** What is shown of a seat. @param release asked to release one */
export function holderColumns(release: (seat: Seat) => void): readonly Column<Seat>[] {
  return [
    { field: "holder", label: "Holder", width: 118, render: ({ holder }) => holder },
    { field: "hostname", label: "Host", width: 100, render: ({ hostname }) => hostname ?? "–" },
    { field: "local_ip", label: "IP", width: 105, render: ({ local_ip }) => local_ip ?? "–" },
    { field: "product", label: "Product", width: 84, render: ({ product }) => product },
    { field: "feature", label: "Feature", width: 118, render: ({ feature }) => poolName(feature) },
    {
      field: "taken_at",
      label: "Since",
      width: 82,
      render: ({ taken_at }) => <FromNow iso={taken_at} style="narrow" />,
    },
    {
      field: "heard_at",
      label: "Last heard",
      width: 100,
      render: ({ heard_at }) => <FromNow iso={heard_at} style="narrow" />,
    },
    { field: "ends_at", label: "Ends", width: 86, render: ({ ends_at }) => <FromNow iso={ends_at} style="narrow" /> },
    {
      field: "borrowed_until",
      label: "Borrowed",
      width: 96,
      render: ({ borrowed_until }) => <FromNow iso={borrowed_until} none="–" style="narrow" />,
    },
    {
      label: "Action",
      width: 91,
      isPinned: true,
      render: (seat) => (
        <ActionButton
          operation="seat release"
          label={`Release ${seatName(seat)}`}
          size="compact-xs"
          variant="default"
          onClick={() => release(seat)}
        >
          Release
        </ActionButton>
      ),
    },
  ];
}
