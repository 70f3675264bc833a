import type { LicenseUser } from "../../../domain/customer.ts";
import * as operations from "../../../management/operations/users.ts";
import { changeUser } from "../../../use-cases/vendor/people/change-user.ts";
import { createUser } from "../../../use-cases/vendor/people/create-user.ts";
import { deleteUser } from "../../../use-cases/vendor/people/delete-user.ts";
import { setUserPassword } from "../../../use-cases/vendor/people/set-user-password.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { fromWire, toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";

const etagOf = ({ user: value }: { readonly user: string }) => ({ kind: "user", field: "username", value }) as const;
const userToWire = (user: LicenseUser) => toWire(user, ["passwordHash"]);
const withPassword = (password: string | null) => (user: LicenseUser) => ({ ...userToWire(user), password });

/** License users, who activate licenses of user-based products. */
export function userHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  return [
    bindList(operations.listUsers, async () => ({
      items: await store.records("user"),
      fields: recordFieldsOf<LicenseUser>(operations.listUsers.list),
      toWire: userToWire,
    })),
    bind(
      operations.createUser,
      async ({ body, store: asked }) => {
        const made = await createUser({ store: asked, secrets }, fromWire(body) as never);
        return "refused" in made ? made : showRecord(made.user, withPassword(made.password));
      },
      {
        again: async (value) =>
          showRecord(await findRecord(store, { kind: "user", field: "id", value }), withPassword(null)),
      },
    ),
    bind(operations.showUser, async ({ params }) => showRecord(await findRecord(store, etagOf(params)), userToWire)),
    bind(
      operations.updateUser,
      async ({ params, body, store: asked }) =>
        showRecord(await changeUser({ store: asked, secrets }, params.user, fromWire(body)), userToWire),
      { etagOf },
    ),
    bind(operations.deleteUser, ({ params, store: asked }) => deleteUser({ store: asked, secrets }, params.user), {
      etagOf,
    }),
    bind(
      operations.setUserPassword,
      async ({ params, body, store: asked }) => {
        const given = await setUserPassword({ store: asked, secrets }, params.user, body.password);
        return "refused" in given ? given : showRecord(given.user, withPassword(given.password));
      },
      { etagOf },
    ),
  ];
}
