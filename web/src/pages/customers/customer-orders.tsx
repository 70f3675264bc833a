import { Group, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ActionButton } from "../../parts/action-button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { AddOrderDialog } from "../orders/add-order-dialog.tsx";
import { useOrderColumns } from "../orders/use-order-columns.tsx";

/** What a customer ordered. */
export function CustomerOrders({ id }: { readonly id: number }) {
  const [isAdding, adding] = useDisclosure();
  const { columns, dialogs } = useOrderColumns();
  const add = (
    <ActionButton operation="order create" variant="default" size="xs" onClick={adding.open}>
      Add order
    </ActionButton>
  );
  return (
    <>
      <Group justify="space-between">
        <Title order={2} size="h4">
          Orders
        </Title>
        {add}
      </Group>
      <ListView
        operation="order list"
        label="Orders of this customer"
        query={{ customer_id: String(id) }}
        order="-id"
        prefix="orders."
        columns={columns.filter(({ label }) => label !== "Customer")}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No orders yet">
            An order brings the number by which your shop knows a sale to the licenses that are issued for it.
          </EmptyState>
        }
      />
      {dialogs}
      {isAdding && <AddOrderDialog customerId={id} onClose={adding.close} />}
    </>
  );
}
