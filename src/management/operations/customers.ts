import Type from "typebox";
import { Body, Id, Metadata, Text } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";

const vendor = { sides: ["vendor"] } as const;

const customerFields = {
  email: Text(),
  company_name: Text(),
  first_name: Text(),
  last_name: Text(),
  phone: Text(),
  address: Text(),
  city: Text(),
  country: Text(),
  postcode: Text(),
  state: Text(),
  reference: Text("your own number for the customer"),
  account_code: Text("of the account with an identity provider"),
  metadata: Metadata(),
};

export const CustomerObject = Type.Object({ id: Id(), ...customerFields });

const customerParams = Type.Object({ customer: Id() });
const partial = Type.Partial(Type.Object(customerFields)).properties;

export const listCustomers = defineList({
  noun: "customer",
  verb: "list",
  method: "GET",
  path: "/customers",
  summary: "Customers",
  ...vendor,
  role: "viewer",
  item: CustomerObject,
  fields: {
    id: "number",
    email: "text",
    company_name: "text",
    first_name: "text",
    last_name: "text",
    phone: "text",
    address: "text",
    city: "text",
    country: "text",
    postcode: "text",
    state: "text",
    reference: "text",
    account_code: "text",
  },
});

export const createCustomer = defineOperation({
  noun: "customer",
  verb: "create",
  method: "POST",
  path: "/customers",
  summary: "Make a customer; what is not known of it is empty",
  ...vendor,
  role: "admin",
  body: Body(partial),
  reply: CustomerObject,
  status: 201,
  refuses: ["does_not_exist", "invalid_field"],
  isCreation: true,
});

export const showCustomer = defineOperation({
  noun: "customer",
  verb: "show",
  method: "GET",
  path: "/customers/{customer}",
  summary: "One customer",
  ...vendor,
  role: "viewer",
  params: customerParams,
  reply: CustomerObject,
  refuses: ["does_not_exist"],
});

export const updateCustomer = defineOperation({
  noun: "customer",
  verb: "update",
  method: "PATCH",
  path: "/customers/{customer}",
  summary: "Change a customer, and what its licenses show of it",
  ...vendor,
  role: "admin",
  params: customerParams,
  body: Body(partial),
  reply: CustomerObject,
  refuses: ["does_not_exist", "invalid_field"],
  hasEtag: true,
});

export const deleteCustomer = defineOperation({
  noun: "customer",
  verb: "delete",
  method: "DELETE",
  path: "/customers/{customer}",
  summary: "Remove a customer that has no licenses, orders or users",
  ...vendor,
  role: "admin",
  params: customerParams,
  status: 204,
  refuses: ["does_not_exist", "is_in_use"],
  hasEtag: true,
});
