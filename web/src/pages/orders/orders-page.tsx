import { useDisclosure } from "@mantine/hooks";
import { ActionButton } from "../../parts/action-button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { AddOrderDialog } from "./add-order-dialog.tsx";
import { useOrderColumns } from "./use-order-columns.tsx";

const filters: readonly Filter[] = [
  { kind: "contains", field: "store_id", label: "Order number" },
  { kind: "is", field: "customer_id", label: "Customer id" },
  { kind: "since", field: "created_at", label: "Made since" },
  { kind: "until", field: "created_at", label: "Made until" },
];

export function OrdersPage() {
  const [isAdding, adding] = useDisclosure();
  const { columns, dialogs } = useOrderColumns();
  const add = (
    <ActionButton operation="order create" onClick={adding.open}>
      Add order
    </ActionButton>
  );
  return (
    <Page title="Orders" about="Sales of your shop, which licenses are issued for." actions={add}>
      <ListView
        operation="order list"
        label="Orders"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        order="-id"
        empty={
          <EmptyState title="No orders yet" action={add}>
            An order brings the number by which your shop knows a sale to the licenses that are issued for it.
          </EmptyState>
        }
      />
      {dialogs}
      {isAdding && <AddOrderDialog onClose={adding.close} />}
    </Page>
  );
}
