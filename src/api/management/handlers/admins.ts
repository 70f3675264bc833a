import type { Admin } from "../../../domain/admin.ts";
import { refuse } from "../../../domain/outcome.ts";
import * as operations from "../../../management/operations/admins.ts";
import { changeAdmin, deleteAdmin } from "../../../use-cases/admins/change-admin.ts";
import { createAdmin } from "../../../use-cases/admins/create-admin.ts";
import { isLocal } from "../../http/is-local.ts";
import { checkUnscoped } from "../access/authorize.ts";
import { adminToWire } from "../admin-objects.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";

const refOf = (value: number) => ({ kind: "admin", field: "id", value }) as const;
const etagOf = ({ admin }: { readonly admin: number }) => refOf(admin);

/** Admins, the first one too. */
export function adminHandlers({ store, setup }: ManagementContext): readonly Bound[] {
  const make = async (made: ReturnType<typeof createAdmin>) => {
    const outcome = await made;
    if (!("refused" in outcome)) setup.use();
    return showRecord(outcome, adminToWire);
  };
  return [
    bindList(operations.listAdmins, async () => ({
      items: await store.records("admin"),
      fields: recordFieldsOf<Admin>(operations.listAdmins.list),
      toWire: adminToWire,
    })),
    bind(
      operations.createAdmin,
      ({ body, caller, store: asked }) => {
        checkUnscoped(caller);
        return make(createAdmin(asked, body));
      },
      { again: async (id) => showRecord(await findRecord(store, refOf(id)), adminToWire) },
    ),
    bind(operations.showAdmin, async ({ params }) => showRecord(await findRecord(store, etagOf(params)), adminToWire)),
    bind(
      operations.updateAdmin,
      async ({ params, body, caller, store: asked }) => {
        const { role, password, is_disabled: isDisabled } = body;
        // Enabling one opens a session that was shut, too.
        if (role !== undefined || password !== undefined || isDisabled === false) checkUnscoped(caller);
        return showRecord(await changeAdmin(asked, params.admin, { role, password, isDisabled }), adminToWire);
      },
      { etagOf },
    ),
    bind(operations.deleteAdmin, ({ params, store: asked }) => deleteAdmin(asked, params.admin), { etagOf }),
    bind(operations.setUp, async ({ body: { token, ...admin }, request, store: asked }) => {
      const problem = setup.problemOf(token, isLocal(request));
      return problem === undefined
        ? make(createAdmin(asked, { ...admin, role: "admin" }, true))
        : refuse("setup_not_possible", problem);
    }),
  ];
}
