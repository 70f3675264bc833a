import Type from "typebox";
import { Body, Flag, Id, Name, OrNull, Time } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";
import { credentialFields, someCredentialFields } from "./credential-fields.ts";

const vendor = { sides: ["vendor"] } as const;

export const ApiKeyObject = Type.Object({
  id: Id(),
  name: Name(),
  key: Name("the API key, which is no secret"),
  ...credentialFields,
  is_revoked: Flag(),
  created_at: Time(),
});
const ApiKeyWithSecret = Type.Object({
  ...ApiKeyObject.properties,
  shared_key: OrNull(Type.String({ description: "shown this once" })),
});

const keyParams = Type.Object({ key: Name("the API key, which is no secret") });

export const listApiKeys = defineList({
  noun: "api-key",
  verb: "list",
  method: "GET",
  path: "/api-keys",
  summary: "API keys, which applications sign requests with; the shared keys are not shown",
  ...vendor,
  role: "viewer",
  item: ApiKeyObject,
  fields: {
    id: "number",
    name: "text",
    key: "text",
    is_read_only: "boolean",
    is_revoked: "boolean",
    created_at: "time",
  },
});

export const createApiKey = defineOperation({
  noun: "api-key",
  verb: "create",
  method: "POST",
  path: "/api-keys",
  summary: "Make an API key; its shared key is shown this once",
  ...vendor,
  role: "admin",
  body: Body({ name: Name("what it is for"), ...someCredentialFields }),
  reply: ApiKeyWithSecret,
  status: 201,
  refuses: ["does_not_exist", "invalid_field"],
  isCreation: true,
});

export const showApiKey = defineOperation({
  noun: "api-key",
  verb: "show",
  method: "GET",
  path: "/api-keys/{key}",
  summary: "One API key",
  ...vendor,
  role: "viewer",
  params: keyParams,
  reply: ApiKeyObject,
  refuses: ["does_not_exist"],
});

export const updateApiKey = defineOperation({
  noun: "api-key",
  verb: "update",
  method: "PATCH",
  path: "/api-keys/{key}",
  summary: "Change what an API key may do, from the next request on",
  ...vendor,
  role: "admin",
  params: keyParams,
  body: Body({ name: Type.Optional(Name()), ...someCredentialFields }),
  reply: ApiKeyObject,
  refuses: ["does_not_exist", "invalid_field"],
  hasEtag: true,
});

export const rotateApiKey = defineOperation({
  noun: "api-key",
  verb: "rotate",
  method: "POST",
  path: "/api-keys/{key}/rotate",
  summary: "Give an API key a new shared key, shown this once; the one before stays good until the next rotation",
  ...vendor,
  role: "admin",
  params: keyParams,
  reply: ApiKeyWithSecret,
  refuses: ["does_not_exist"],
  hasEtag: true,
});

export const revokeApiKey = defineOperation({
  noun: "api-key",
  verb: "revoke",
  method: "DELETE",
  path: "/api-keys/{key}",
  summary: "Refuse everything that is signed with an API key from now on",
  ...vendor,
  role: "admin",
  params: keyParams,
  status: 204,
  refuses: ["does_not_exist"],
  hasEtag: true,
});
