import { decideAssignment, decideUnassignment } from "../../../domain/assign-user.ts";
import { unchanged } from "../../../domain/decision.ts";
import type { License } from "../../../domain/license.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";
import { chooseUser, type UserChoice, userRef } from "./plan-license.ts";

type Changed = Promise<License | Refusal<VendorRefusalCode>>;

/**
 * Lets a license user activate a license; one who may already gets the numbers that are given.
 *
 * @returns the license; `invalid_field` where it is key-based, or has as many users as it may have
 */
export function assignUser({ store }: VendorContext, licenseId: number, choice: UserChoice): Changed {
  const scope = { license: { licenseId }, everySeat: true, everyDevice: true, records: [userRef(choice.username)] };
  return store.transact(scope, (view) => {
    const user = chooseUser(view, choice);
    return "refused" in user ? unchanged(user) : decideAssignment(view, user);
  });
}

/** Takes a license user off a license. The devices that the user activated on it are off, and their seats end. */
export function unassignUser({ store }: VendorContext, licenseId: number, username: string): Changed {
  const ref = userRef(username);
  return store.transact({ license: { licenseId }, everySeat: true, everyDevice: true, records: [ref] }, (view) => {
    const user = view.records.get(ref);
    return user === undefined
      ? unchanged(refuse("does_not_exist", `user ${username}`))
      : decideUnassignment(view, user.id);
  });
}
