import Type from "typebox";
import { Body, Id, Name, OrNull, Time } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";

const vendor = { sides: ["vendor"] } as const;

export const OrderObject = Type.Object({
  id: Id(),
  store_id: Name("the shop's number, unique"),
  customer_id: OrNull(Id()),
  created_at: Time(),
});

const orderParams = Type.Object({ order: Id() });
const customerId = Type.Optional(OrNull(Id()));

export const listOrders = defineList({
  noun: "order",
  verb: "list",
  method: "GET",
  path: "/orders",
  summary: "Orders",
  ...vendor,
  role: "viewer",
  item: OrderObject,
  fields: { id: "number", store_id: "text", customer_id: "number", created_at: "time" },
});

export const createOrder = defineOperation({
  noun: "order",
  verb: "create",
  method: "POST",
  path: "/orders",
  summary: "Make an order, which licenses are then issued for",
  ...vendor,
  role: "admin",
  body: Body({ store_id: Name("the shop's number, unique"), customer_id: customerId }),
  reply: OrderObject,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});

export const showOrder = defineOperation({
  noun: "order",
  verb: "show",
  method: "GET",
  path: "/orders/{order}",
  summary: "One order",
  ...vendor,
  role: "viewer",
  params: orderParams,
  reply: OrderObject,
  refuses: ["does_not_exist"],
});

export const updateOrder = defineOperation({
  noun: "order",
  verb: "update",
  method: "PATCH",
  path: "/orders/{order}",
  summary: "Change an order, and the number that its licenses show",
  ...vendor,
  role: "admin",
  params: orderParams,
  body: Body({ store_id: Type.Optional(Name()), customer_id: customerId }),
  reply: OrderObject,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  hasEtag: true,
});

export const deleteOrder = defineOperation({
  noun: "order",
  verb: "delete",
  method: "DELETE",
  path: "/orders/{order}",
  summary: "Remove an order that no license was issued for",
  ...vendor,
  role: "admin",
  params: orderParams,
  status: 204,
  refuses: ["does_not_exist", "is_in_use"],
  hasEtag: true,
});
