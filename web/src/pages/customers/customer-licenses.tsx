import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { ListView } from "../../parts/list-view.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";

const columns: readonly Column<ItemOf<"license list">>[] = [
  {
    label: "License",
    render: ({ id, key }) => (
      <Anchor renderRoot={(props) => <Link to="/licenses/$license" params={{ license: String(id) }} {...props} />}>
        {key ?? `License ${id}`}
      </Anchor>
    ),
    width: 220,
  },
  { field: "product", label: "Product", render: ({ product }) => product },
  { field: "type", label: "Type", render: ({ type }) => (type === undefined ? "" : wordsOf(type)) },
  { label: "State", render: ({ is_enabled, is_active }) => <StateOf isEnabled={is_enabled} isActive={is_active} /> },
  {
    field: "valid_until",
    label: "Valid until",
    render: ({ valid_until }) => <FromNow iso={valid_until} none="no end" />,
  },
];

function StateOf({ isEnabled, isActive }: { readonly isEnabled: boolean; readonly isActive: boolean }) {
  if (!isEnabled) return <StateBadge tone="bad">disabled</StateBadge>;
  return isActive ? <StateBadge tone="good">active</StateBadge> : <StateBadge tone="plain">not activated</StateBadge>;
}

/** What was issued to a customer. */
export function CustomerLicenses({ id }: { readonly id: number }) {
  return (
    <ListView
      operation="license list"
      label="Licenses of this customer"
      query={{ customer_id: String(id) }}
      order="-id"
      prefix="licenses."
      columns={columns}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title="No licenses yet">
          <Anchor renderRoot={(props) => <Link to="/licenses/issue" {...props} />} underline="always">
            Issue a license
          </Anchor>{" "}
          and choose this customer.
        </EmptyState>
      }
    />
  );
}
