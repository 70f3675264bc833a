import Type from "typebox";
import { Body, Flag, Id, Name, OrNull, Time } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";
import { credentialFields, someCredentialFields } from "./credential-fields.ts";

const vendor = { sides: ["vendor"] } as const;

export const OauthClientObject = Type.Object({
  id: Id(),
  name: Name(),
  client_id: Name("the client's id, which is no secret"),
  ...credentialFields,
  is_revoked: Flag(),
  created_at: Time(),
});
const OauthClientWithSecret = Type.Object({
  ...OauthClientObject.properties,
  client_secret: OrNull(Type.String({ description: "shown this once" })),
});

const keyParams = Type.Object({ client: Name("the client's id, which is no secret") });

export const listOauthClients = defineList({
  noun: "oauth-client",
  verb: "list",
  method: "GET",
  path: "/oauth-clients",
  summary: "OAuth clients; their secrets are not shown",
  ...vendor,
  role: "viewer",
  item: OauthClientObject,
  fields: {
    id: "number",
    name: "text",
    client_id: "text",
    is_read_only: "boolean",
    is_revoked: "boolean",
    created_at: "time",
  },
});

export const createOauthClient = defineOperation({
  noun: "oauth-client",
  verb: "create",
  method: "POST",
  path: "/oauth-clients",
  summary: "Make an OAuth client; its secret is shown this once",
  ...vendor,
  role: "admin",
  body: Body({ name: Name("what it is for"), ...someCredentialFields }),
  reply: OauthClientWithSecret,
  status: 201,
  refuses: ["does_not_exist", "invalid_field"],
  isCreation: true,
});

export const showOauthClient = defineOperation({
  noun: "oauth-client",
  verb: "show",
  method: "GET",
  path: "/oauth-clients/{client}",
  summary: "One OAuth client",
  ...vendor,
  role: "viewer",
  params: keyParams,
  reply: OauthClientObject,
  refuses: ["does_not_exist"],
});

export const updateOauthClient = defineOperation({
  noun: "oauth-client",
  verb: "update",
  method: "PATCH",
  path: "/oauth-clients/{client}",
  summary: "Change what an OAuth client may do, whatever tokens it has",
  ...vendor,
  role: "admin",
  params: keyParams,
  body: Body({ name: Type.Optional(Name()), ...someCredentialFields }),
  reply: OauthClientObject,
  refuses: ["does_not_exist", "invalid_field"],
  hasEtag: true,
});

export const rotateOauthClient = defineOperation({
  noun: "oauth-client",
  verb: "rotate",
  method: "POST",
  path: "/oauth-clients/{client}/rotate",
  summary: "Give an OAuth client a new secret, shown this once; the one before stays good until the next rotation",
  ...vendor,
  role: "admin",
  params: keyParams,
  reply: OauthClientWithSecret,
  refuses: ["does_not_exist"],
  hasEtag: true,
});

export const revokeOauthClient = defineOperation({
  noun: "oauth-client",
  verb: "revoke",
  method: "DELETE",
  path: "/oauth-clients/{client}",
  summary: "Refuse an OAuth client, and every token it has, from now on",
  ...vendor,
  role: "admin",
  params: keyParams,
  status: 204,
  refuses: ["does_not_exist"],
  hasEtag: true,
});
