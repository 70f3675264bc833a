import Type from "typebox";
import { Body, Count, Flag, Id, Name, Text, Time } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";

const vendor = { sides: ["vendor"] } as const;

const versionFields = {
  url: Text("where it can be fetched"),
  released_at: Time("what licenses are maintained until then may install it"),
  md5: Text(),
  requires_version: Text(),
  environment: Text("win, mac, linux or another name"),
  eula_link: Text(),
  release_notes_link: Text(),
  size_bytes: Count(),
  channel: Text(),
  is_enabled: Flag("false takes it back"),
};

export const VersionObject = Type.Object({
  id: Id(),
  product: Name("code"),
  version: Name(),
  ...versionFields,
});

const versionParams = Type.Object({ version: Id() });
const partial = Type.Partial(Type.Object(versionFields)).properties;

export const listVersions = defineList({
  noun: "version",
  verb: "list",
  method: "GET",
  path: "/versions",
  summary: "Versions of products that can be installed",
  ...vendor,
  role: "viewer",
  item: VersionObject,
  fields: {
    id: "number",
    product: "text",
    version: "text",
    environment: "text",
    channel: "text",
    is_enabled: "boolean",
    released_at: "time",
    size_bytes: "number",
    url: "text",
    md5: "text",
    requires_version: "text",
  },
});

export const createVersion = defineOperation({
  noun: "version",
  verb: "create",
  method: "POST",
  path: "/versions",
  summary: "Add a version of a product; released now unless said",
  ...vendor,
  role: "admin",
  body: Body({ product: Name("code"), version: Name(), ...partial }),
  reply: VersionObject,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});

export const showVersion = defineOperation({
  noun: "version",
  verb: "show",
  method: "GET",
  path: "/versions/{version}",
  summary: "One version",
  ...vendor,
  role: "viewer",
  params: versionParams,
  reply: VersionObject,
  refuses: ["does_not_exist"],
});

export const updateVersion = defineOperation({
  noun: "version",
  verb: "update",
  method: "PATCH",
  path: "/versions/{version}",
  summary: "Change a version",
  ...vendor,
  role: "admin",
  params: versionParams,
  body: Body({ version: Type.Optional(Name()), ...partial }),
  reply: VersionObject,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  hasEtag: true,
});

export const deleteVersion = defineOperation({
  noun: "version",
  verb: "delete",
  method: "DELETE",
  path: "/versions/{version}",
  summary: "Remove a version: no license may install it any more",
  ...vendor,
  role: "admin",
  params: versionParams,
  status: 204,
  refuses: ["does_not_exist"],
  hasEtag: true,
});
