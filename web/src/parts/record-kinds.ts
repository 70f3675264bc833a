import { nameOfCustomer } from "../api/customer-names.ts";
import type { RecordKind } from "./record-select.tsx";

/*
 * How the things that licenses refer to are called where one is chosen.
 */

export const customerKind: RecordKind<"customer list"> = {
  operation: "customer list",
  key: "id",
  search: ["company_name", "email"],
  toValue: ({ id }) => String(id),
  toLabel(customer) {
    const name = nameOfCustomer(customer);
    return customer.email === "" || customer.email === name ? name : `${name} · ${customer.email}`;
  },
};

export const orderKind: RecordKind<"order list"> = {
  operation: "order list",
  key: "id",
  search: ["store_id"],
  toValue: ({ id }) => String(id),
  toLabel: ({ store_id }) => store_id,
};

export const productKind: RecordKind<"product list"> = {
  operation: "product list",
  key: "code",
  search: ["name", "code"],
  toValue: ({ code }) => code,
  toLabel: ({ code, name }) => (name === code ? code : `${name} (${code})`),
};

export const userKind: RecordKind<"user list"> = {
  operation: "user list",
  key: "username",
  search: ["username"],
  toValue: ({ username }) => username,
  toLabel: ({ username }) => username,
};
