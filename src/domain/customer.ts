import type { Instant } from "./instant.ts";
import type { JsonObject } from "./json.ts";

/** Who buys licenses. Texts that are not known are empty. */
export interface Customer {
  readonly id: number;
  readonly email: string;
  readonly companyName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly address: string;
  readonly city: string;
  readonly country: string;
  readonly postcode: string;
  readonly state: string;
  /** The vendor's own number for the customer. */
  readonly reference: string;
  /** Names the customer's account with an identity provider. */
  readonly accountCode: string;
  readonly metadata: JsonObject;
}

/** One purchase. */
export interface Order {
  readonly id: number;
  /** The shop's number, unique. */
  readonly storeId: string;
  readonly customerId: number | null;
  readonly createdAt: Instant;
}

/** A person who activates licenses of user-based products. */
export interface LicenseUser {
  readonly id: number;
  /** An e-mail address, possibly followed by `|` and a suffix; compared exactly. */
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly customerId: number | null;
  readonly passwordHash: string;
  /** Chosen by the vendor, not by the user yet. */
  readonly isInitialPassword: boolean;
}

/** The address in a user name, which may have a suffix. */
export function emailOf(username: string): string {
  return username.split("|", 1)[0] as string;
}
