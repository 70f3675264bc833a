import type { Customer } from "../../../domain/customer.ts";
import * as operations from "../../../management/operations/customers.ts";
import { changeCustomer } from "../../../use-cases/vendor/people/change-customer.ts";
import { createCustomer } from "../../../use-cases/vendor/people/create-customer.ts";
import { deleteCustomer } from "../../../use-cases/vendor/people/delete-customer.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { fromWire, toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";

const refOf = (value: number) => ({ kind: "customer", field: "id", value }) as const;
const etagOf = ({ customer }: { readonly customer: number }) => refOf(customer);

/** Who buys licenses. */
export function customerHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  return [
    bindList(operations.listCustomers, async () => ({
      items: await store.records("customer"),
      fields: recordFieldsOf<Customer>(operations.listCustomers.list),
      toWire,
    })),
    bind(
      operations.createCustomer,
      async ({ body, store: asked }) =>
        showRecord(await createCustomer({ store: asked, secrets }, fromWire(body) as never), toWire),
      { again: async (id) => showRecord(await findRecord(store, refOf(id)), toWire) },
    ),
    bind(operations.showCustomer, async ({ params }) => showRecord(await findRecord(store, etagOf(params)), toWire)),
    bind(
      operations.updateCustomer,
      async ({ params, body, store: asked }) =>
        showRecord(await changeCustomer({ store: asked, secrets }, params.customer, fromWire(body)), toWire),
      { etagOf },
    ),
    bind(
      operations.deleteCustomer,
      ({ params, store: asked }) => deleteCustomer({ store: asked, secrets }, params.customer),
      { etagOf },
    ),
  ];
}
