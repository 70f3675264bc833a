import Type from "typebox";
import { ROLES } from "../../domain/admin.ts";
import { Body, Flag, Id, Name, Names, OneOf, OrNull, Time } from "../fields.ts";
import { defineList, defineOperation, SIDES } from "../operation.ts";

const both = { sides: SIDES } as const;

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
