import Type from "typebox";
import { Id, OneOf, Time } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";

const vendor = { sides: ["vendor"] } as const;

export const SigningKeyObject = Type.Object({
  id: Id(),
  state: OneOf(["current", "published", "retired"], "the current one signs; published ones are still trusted"),
  public_key: Type.String({ description: "PEM" }),
  created_at: Time(),
});

const keyParams = Type.Object({ key: Id() });

export const listSigningKeys = defineList({
  noun: "signing-key",
  verb: "list",
  method: "GET",
  path: "/signing-keys",
  summary: "Key pairs that replies and license files are signed with",
  ...vendor,
  role: "viewer",
  item: SigningKeyObject,
  fields: { id: "number", state: "text", created_at: "time" },
});

export const showSigningKey = defineOperation({
  noun: "signing-key",
  verb: "show",
  method: "GET",
  path: "/signing-keys/{key}",
  summary: "One signing key, its public half",
  ...vendor,
  role: "viewer",
  params: keyParams,
  reply: SigningKeyObject,
  refuses: ["does_not_exist"],
});

export const rotateSigningKey = defineOperation({
  noun: "signing-key",
  verb: "rotate",
  method: "POST",
  path: "/signing-keys/rotate",
  summary: "Sign with a new key pair from now on; the one before stays published",
  ...vendor,
  role: "admin",
  reply: SigningKeyObject,
  status: 201,
});

export const retireSigningKey = defineOperation({
  noun: "signing-key",
  verb: "retire",
  method: "POST",
  path: "/signing-keys/{key}/retire",
  summary: "Publish a signing key no more, once all readers know the new one",
  ...vendor,
  role: "admin",
  params: keyParams,
  reply: SigningKeyObject,
  refuses: ["does_not_exist", "is_in_use"],
  hasEtag: true,
});

export const exportSigningKeys = defineOperation({
  noun: "signing-key",
  verb: "export",
  method: "GET",
  path: "/signing-keys/public.pem",
  summary: "The public keys that floating servers verify license files with, the current one first (PEM)",
  ...vendor,
  role: "viewer",
  reply: Type.String({ description: "PEM, one key after another" }),
  gives: "file",
});
