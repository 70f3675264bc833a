import Type from "typebox";
import { Body, Flag, Id, Name, OrNull, Text } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";

const vendor = { sides: ["vendor"] } as const;

const userFields = { first_name: Text(), last_name: Text(), phone: Text(), customer_id: OrNull(Id()) };

export const UserObject = Type.Object({
  id: Id(),
  username: Name(),
  ...userFields,
  is_initial_password: Flag("the user has not chosen another password yet"),
});
const UserWithPassword = Type.Object({
  ...UserObject.properties,
  password: OrNull(Type.String({ description: "shown this once" })),
});

const userParams = Type.Object({ user: Name("the user's name") });
const partial = Type.Partial(Type.Object(userFields)).properties;
const password = Type.Optional(Name("left out: one is made"));

export const listUsers = defineList({
  noun: "user",
  verb: "list",
  method: "GET",
  path: "/users",
  summary: "License users: who activates licenses of user-based products",
  ...vendor,
  role: "viewer",
  item: UserObject,
  fields: {
    id: "number",
    username: "text",
    first_name: "text",
    last_name: "text",
    phone: "text",
    customer_id: "number",
    is_initial_password: "boolean",
  },
});

export const createUser = defineOperation({
  noun: "user",
  verb: "create",
  method: "POST",
  path: "/users",
  summary: "Make a license user; the initial password is shown this once",
  ...vendor,
  role: "admin",
  body: Body({ username: Name("an e-mail address, possibly with | and a suffix behind it"), password, ...partial }),
  reply: UserWithPassword,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});

export const showUser = defineOperation({
  noun: "user",
  verb: "show",
  method: "GET",
  path: "/users/{user}",
  summary: "One license user",
  ...vendor,
  role: "viewer",
  params: userParams,
  reply: UserObject,
  refuses: ["does_not_exist"],
});

export const updateUser = defineOperation({
  noun: "user",
  verb: "update",
  method: "PATCH",
  path: "/users/{user}",
  summary: "Change a license user, who keeps licenses, devices and password",
  ...vendor,
  role: "admin",
  params: userParams,
  body: Body({ username: Type.Optional(Name()), ...partial }),
  reply: UserObject,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  hasEtag: true,
});

export const deleteUser = defineOperation({
  noun: "user",
  verb: "delete",
  method: "DELETE",
  path: "/users/{user}",
  summary: "Remove a license user who is assigned to no license",
  ...vendor,
  role: "admin",
  params: userParams,
  status: 204,
  refuses: ["does_not_exist", "is_in_use"],
  hasEtag: true,
});

export const setUserPassword = defineOperation({
  noun: "user",
  verb: "set-password",
  method: "POST",
  path: "/users/{user}/password",
  summary: "Give a license user another initial password, which is shown this once",
  ...vendor,
  role: "admin",
  params: userParams,
  body: Body({ password }),
  reply: UserWithPassword,
  refuses: ["does_not_exist", "invalid_field"],
  hasEtag: true,
});
