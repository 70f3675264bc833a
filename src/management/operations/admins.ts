import Type from "typebox";
import { ROLES } from "../../domain/admin.ts";
import { Body, Flag, Id, Name, OneOf, Password, Time } from "../fields.ts";
import { defineList, defineOperation, SIDES } from "../operation.ts";

const both = { sides: SIDES } as const;

export const AdminObject = Type.Object({
  id: Id(),
  name: Name(),
  role: OneOf(ROLES),
  is_disabled: Flag(),
  created_at: Time(),
});
const adminParams = Type.Object({ admin: Id() });

export const listAdmins = defineList({
  noun: "admin",
  verb: "list",
  method: "GET",
  path: "/admins",
  summary: "Who may run this server",
  ...both,
  role: "admin",
  item: AdminObject,
  fields: { id: "number", name: "text", role: "text", is_disabled: "boolean", created_at: "time" },
});

export const createAdmin = defineOperation({
  noun: "admin",
  verb: "create",
  method: "POST",
  path: "/admins",
  summary: "Make an admin",
  ...both,
  role: "admin",
  body: Body({
    name: Name("what the admin logs in by"),
    password: Password("10 characters at least"),
    role: OneOf(ROLES),
  }),
  reply: AdminObject,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});

export const showAdmin = defineOperation({
  noun: "admin",
  verb: "show",
  method: "GET",
  path: "/admins/{admin}",
  summary: "One admin",
  ...both,
  role: "admin",
  params: adminParams,
  reply: AdminObject,
  refuses: ["does_not_exist"],
});

export const updateAdmin = defineOperation({
  noun: "admin",
  verb: "update",
  method: "PATCH",
  path: "/admins/{admin}",
  summary: "Change an admin's role or password, or disable one; the admin's sessions end",
  ...both,
  role: "admin",
  params: adminParams,
  body: Body({
    role: Type.Optional(OneOf(ROLES)),
    password: Type.Optional(Password("10 characters at least")),
    is_disabled: Type.Optional(Flag()),
  }),
  reply: AdminObject,
  refuses: ["does_not_exist", "invalid_field", "last_admin"],
  hasEtag: true,
});

export const deleteAdmin = defineOperation({
  noun: "admin",
  verb: "delete",
  method: "DELETE",
  path: "/admins/{admin}",
  summary: "Remove an admin",
  ...both,
  role: "admin",
  params: adminParams,
  status: 204,
  refuses: ["does_not_exist", "last_admin"],
  hasEtag: true,
});

export const setUp = defineOperation({
  noun: "setup",
  verb: "run",
  method: "POST",
  path: "/setup",
  summary: "Make the first admin by the one-time link that the server printed at its start",
  ...both,
  role: "anyone",
  body: Body({ token: Type.String({ maxLength: 200 }), name: Name(), password: Password("10 characters at least") }),
  reply: AdminObject,
  status: 201,
  refuses: ["setup_not_possible", "invalid_field"],
  isHidden: true,
});
