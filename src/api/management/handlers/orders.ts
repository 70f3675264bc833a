import type { Order } from "../../../domain/customer.ts";
import * as operations from "../../../management/operations/orders.ts";
import { changeOrder } from "../../../use-cases/vendor/people/change-order.ts";
import { createOrder } from "../../../use-cases/vendor/people/create-order.ts";
import { deleteOrder } from "../../../use-cases/vendor/people/delete-order.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { fromWire, toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";

const refOf = (value: number) => ({ kind: "order", field: "id", value }) as const;
const etagOf = ({ order }: { readonly order: number }) => refOf(order);

/** What customers bought. */
export function orderHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  return [
    bindList(operations.listOrders, async () => ({
      items: await store.records("order"),
      fields: recordFieldsOf<Order>(operations.listOrders.list),
      toWire,
    })),
    bind(
      operations.createOrder,
      async ({ body, store: asked }) =>
        showRecord(await createOrder({ store: asked, secrets }, fromWire(body) as never), toWire),
      { again: async (id) => showRecord(await findRecord(store, refOf(id)), toWire) },
    ),
    bind(operations.showOrder, async ({ params }) => showRecord(await findRecord(store, etagOf(params)), toWire)),
    bind(
      operations.updateOrder,
      async ({ params, body, store: asked }) =>
        showRecord(await changeOrder({ store: asked, secrets }, params.order, fromWire(body)), toWire),
      { etagOf },
    ),
    bind(operations.deleteOrder, ({ params, store: asked }) => deleteOrder({ store: asked, secrets }, params.order), {
      etagOf,
    }),
  ];
}
