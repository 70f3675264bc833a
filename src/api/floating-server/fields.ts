import Type from "typebox";
import type { BorrowWish } from "../../domain/borrow.ts";
import type { LicenseRef } from "../../domain/decision.ts";
import type { SeatDetails } from "../../domain/seat.ts";
import type { ReleaseFilter } from "../../use-cases/release-all.ts";
import { toBorrowWish as readBorrowWish } from "../../wire/borrow-date.ts";
import { parseDate } from "../../wire/date.ts";
import { DisplayText, Name, OptionalCount, OptionalName, toInteger } from "../../wire/fields.ts";

/** Which license: fields of every request about one. */
export const licenseFields = {
  product: Name("product code"),
  license_id: OptionalCount("which license of the product; left out: the one added last"),
};

/** Filters of a bulk release; without any it means all. */
export const filterFields = {
  product: OptionalName("only licenses of this product"),
  license_id: OptionalCount("only this license"),
  feature: OptionalName("only this feature"),
};

export const featureField = { feature: Name("feature code") };

/** Who asks: fields of every request about one user's seat. */
export const holderFields = {
  user: Name("name or id of the user; with license and feature, the identity of the seat"),
  os_hostname: DisplayText("host name; shown, never looked at. May be left out or null"),
  ip_local: DisplayText("local address; shown, never looked at. May be left out or null"),
  user_info: DisplayText("anything about the user; shown, never looked at. May be left out or null"),
  registered_at: DisplayText("the client's own time, RFC 3339; shown, never trusted. May be left out or null"),
  borrowed_until: DisplayText("keep the seat until then: a date, or null, empty or year 1 for no borrow"),
  borrow_until: DisplayText("another name of `borrowed_until`"),
  sdk_ver: DisplayText("version of the client library"),
  app_ver: DisplayText("version of the application"),
};

const HolderInput = Type.Object(holderFields);
type HolderInput = Type.Static<typeof HolderInput>;

export function toLicenseRef(input: { product: string; license_id?: number | string | null }): LicenseRef {
  return { product: input.product, licenseId: toInteger(input.license_id) };
}

/** What the request says about borrowing. [BORROW-4] */
export function toBorrowWish(input: Pick<HolderInput, "borrowed_until" | "borrow_until">): BorrowWish {
  return readBorrowWish(input.borrowed_until || input.borrow_until);
}

export function toSeatDetails(input: HolderInput): SeatDetails {
  return {
    hostname: input.os_hostname ?? undefined,
    localIp: input.ip_local ?? undefined,
    info: input.user_info ?? undefined,
    registeredAt: input.registered_at ? parseDate(input.registered_at) : undefined,
    sdkVersion: input.sdk_ver ?? undefined,
    appVersion: input.app_ver ?? undefined,
  };
}

export function toReleaseFilter(input: Type.Static<Type.TObject<typeof filterFields>>): ReleaseFilter {
  return {
    product: input.product ?? undefined,
    licenseId: toInteger(input.license_id),
    feature: input.feature ?? undefined,
  };
}
