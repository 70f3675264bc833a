import Type from "typebox";
import { ROLES } from "../../domain/admin.ts";
import { Body, Flag, Id, Name, Names, OneOf, OrNull, Time } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";

const both = { sides: ["vendor", "floating"] } as const;
const Password = (description: string) => Type.String({ minLength: 1, maxLength: 510, description });

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
  refuses: ["already_exists", "invalid_field"],
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

export const TokenObject = Type.Object({
  id: Id(),
  name: Name(),
  role: OneOf(ROLES),
  scopes: OrNull(Names("noun:read or noun:write of what it may do; null is all that its role may")),
  expires_at: OrNull(Time()),
  is_revoked: Flag(),
  created_at: Time(),
});

export const listTokens = defineList({
  noun: "token",
  verb: "list",
  method: "GET",
  path: "/tokens",
  summary: "API tokens; their texts are kept nowhere",
  ...both,
  role: "admin",
  item: TokenObject,
  fields: { id: "number", name: "text", role: "text", is_revoked: "boolean", expires_at: "time", created_at: "time" },
});

export const createToken = defineOperation({
  noun: "token",
  verb: "create",
  method: "POST",
  path: "/tokens",
  summary: "Make an API token; its text is shown this once",
  ...both,
  role: "admin",
  body: Body({
    name: Name("what it is for"),
    role: OneOf(ROLES),
    scopes: Type.Optional(OrNull(Type.Array(Type.String({ pattern: "^[a-z-]+:(read|write)$" }), { maxItems: 100 }))),
    expires_at: Type.Optional(OrNull(Time())),
  }),
  reply: Type.Object({ ...TokenObject.properties, token: OrNull(Type.String({ description: "shown this once" })) }),
  status: 201,
  refuses: ["invalid_field"],
  isCreation: true,
});

export const revokeToken = defineOperation({
  noun: "token",
  verb: "revoke",
  method: "DELETE",
  path: "/tokens/{token}",
  summary: "Let an API token open nothing any more",
  ...both,
  role: "admin",
  params: Type.Object({ token: Id() }),
  status: 204,
  refuses: ["does_not_exist"],
});

export const SessionObject = Type.Object({
  name: Type.String({ description: "of the admin, or of the token" }),
  role: OneOf(ROLES),
  side: OneOf(["vendor", "floating"]),
  csrf_token: OrNull(Type.String({ description: "goes with every change, as X-CSRF-Token; null with a token" })),
});

export const showSession = defineOperation({
  noun: "session",
  verb: "show",
  method: "GET",
  path: "/session",
  summary: "Who is logged in",
  ...both,
  role: "viewer",
  reply: SessionObject,
});

export const startSession = defineOperation({
  noun: "session",
  verb: "start",
  method: "POST",
  path: "/session",
  summary: "Log in by name and password",
  ...both,
  role: "anyone",
  body: Body({ name: Name(), password: Password("the admin's") }),
  reply: SessionObject,
  status: 201,
  refuses: ["invalid_credentials", "account_locked"],
  isHidden: true,
});

export const endSession = defineOperation({
  noun: "session",
  verb: "end",
  method: "DELETE",
  path: "/session",
  summary: "Log out",
  ...both,
  role: "viewer",
  status: 204,
  isHidden: true,
});

export const changeOwnPassword = defineOperation({
  noun: "session",
  verb: "change-password",
  method: "POST",
  path: "/session/password",
  summary: "Change one's own password; every other session of one's own ends, and this one gets a new cookie",
  ...both,
  role: "viewer",
  body: Body({ current_password: Password("as it is"), new_password: Password("10 characters at least") }),
  reply: SessionObject,
  refuses: ["invalid_credentials", "account_locked", "invalid_field"],
  isHidden: true,
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
