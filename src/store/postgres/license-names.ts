import type { LicenseNames } from "../../domain/decision.ts";
import type { License } from "../../domain/license.ts";
import type { Row } from "./rows.ts";
import { searchable } from "./searchable.ts";

/** The columns that a license is found by. */
export function namesToRow({ product, details, issued }: License): Row {
  return {
    product: product.code,
    key: details.key,
    bundle: issued?.bundleCode ?? null,
    customer_id: issued?.customerId ?? null,
    order_id: issued?.orderId ?? null,
    policy_id: issued?.policyId ?? null,
    user_ids: (issued?.users ?? []).map(({ userId }) => userId),
  };
}

export function haveSameNames(a: License, b: License): boolean {
  return JSON.stringify(namesToRow(a)) === JSON.stringify(namesToRow(b));
}

/** Whether every given name fits. @param userId the user of the given name */
export function fits(license: License, names: LicenseNames, userId: number | undefined): boolean {
  const { licenseId, product, key, username, bundleCode, customerId, orderId, policyId } = names;
  const { issued } = license;
  return (
    (licenseId === undefined || license.id === licenseId) &&
    (product === undefined || license.product.code === product) &&
    (key === undefined || license.details.key === key) &&
    (bundleCode === undefined || issued?.bundleCode === bundleCode) &&
    (customerId === undefined || issued?.customerId === customerId) &&
    (orderId === undefined || issued?.orderId === orderId) &&
    (policyId === undefined || issued?.policyId === policyId) &&
    (username === undefined || (issued?.users.some((user) => user.userId === userId) ?? false))
  );
}

/** Conditions on the columns of the license table, and their values. */
export function whereNames(names: LicenseNames): { readonly where: string; readonly values: unknown[] } {
  const given = (
    [
      ["id = $", names.licenseId],
      ["product = $", names.product],
      ["key = $", names.key],
      ["bundle = $", names.bundleCode],
      ["customer_id = $", names.customerId],
      ["order_id = $", names.orderId],
      ["policy_id = $", names.policyId],
      [
        `user_ids @> (SELECT array_agg(id) FROM "user" WHERE (document ->> 'username') COLLATE "C" = # HAVING count(*) > 0)`,
        names.username,
      ],
    ] as const
  ).filter(([, value]) => value !== undefined);
  const conditions = given.map(([condition], at) => condition.replace(/\$$|#/, () => `$${at + 1}`));
  return { where: ["true", ...conditions].join(" AND "), values: given.map(([, value]) => searchable(value)) };
}
