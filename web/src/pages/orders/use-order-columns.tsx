import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import { ActionMenu } from "../../parts/action-menu.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { CustomerLink } from "../../parts/customer-link.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { FromNow } from "../../parts/times.tsx";
import { OrderForm } from "./add-order-dialog.tsx";

type Order = ItemOf<"order list">;

/** Columns of a table of orders, and the dialogs that its rows open. */
export function useOrderColumns(): { readonly columns: readonly Column<Order>[]; readonly dialogs: ReactNode } {
  const [acting, setActing] = useState<{ readonly what: "edit" | "delete"; readonly order: Order }>();
  const close = () => setActing(undefined);
  const columns: readonly Column<Order>[] = [
    { field: "store_id", label: "Order number", render: ({ store_id }) => store_id, width: 200 },
    { field: "customer_id", label: "Customer", render: ({ customer_id }) => <CustomerLink id={customer_id} /> },
    { field: "created_at", label: "Made", render: ({ created_at }) => <FromNow iso={created_at} /> },
    {
      label: "Licenses",
      render: ({ id }) => (
        <Anchor renderRoot={(props) => <Link to="/licenses" search={{ order_id: String(id) } as never} {...props} />}>
          Those of this order
        </Anchor>
      ),
    },
    {
      label: "Actions",
      width: 90,
      render: (order) => (
        <ActionMenu
          label={`Actions for ${order.store_id}`}
          button="⋯"
          actions={[
            { label: "Edit", operation: "order update", onClick: () => setActing({ what: "edit", order }) },
            {
              label: "Delete",
              operation: "order delete",
              isDanger: true,
              onClick: () => setActing({ what: "delete", order }),
            },
          ]}
        />
      ),
    },
  ];
  return { columns, dialogs: acting !== undefined && <Dialog {...acting} onClose={close} /> };
}

function Dialog({
  what,
  order: { id, store_id },
  onClose,
}: {
  readonly what: "edit" | "delete";
  readonly order: Order;
  onClose(): void;
}) {
  if (what === "edit") {
    return (
      <EditDialog
        show="order show"
        operation="order update"
        params={{ order: id }}
        title={`Edit order ${store_id}`}
        done="The order is changed, and the number that its licenses show"
        onClose={onClose}
      >
        {(fields) => <OrderForm fields={fields} />}
      </EditDialog>
    );
  }
  return (
    <ConfirmDialog
      isOpen
      title={`Delete order ${store_id}?`}
      verb="Delete order"
      operation="order delete"
      given={{ params: { order: id } }}
      done="The order is gone"
      onClose={onClose}
    >
      An order that licenses were issued for stays.
    </ConfirmDialog>
  );
}
