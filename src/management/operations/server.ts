import Type from "typebox";
import { Count, Flag, Name, OneOf, OrNull, Text, Time } from "../fields.ts";
import { defineList, defineOperation, SIDES } from "../operation.ts";

const both = { sides: SIDES } as const;

export const StatusObject = Type.Object({
  side: OneOf(SIDES),
  version: Text(),
  started_at: Time(),
  licenses: Count(),
  seats_in_use: Count("in all pools, those of licenses and those of features"),
  last_event_id: Count("0 where nothing has happened yet"),
  api_url: Text("where applications ask for seats: the Floating Server, or the License API, as this server knows it"),
  hardware_id: OrNull(Text("what licenses of this server are bound to; null at the vendor")),
  is_store_writable: Flag("false: nothing can be changed now, a full disk for example"),
});

export const showStatus = defineOperation({
  noun: "server",
  verb: "show",
  method: "GET",
  path: "/status",
  summary: "What this server is and how it does",
  ...both,
  role: "viewer",
  reply: StatusObject,
});

const SettingValue = (description: string) =>
  OrNull(Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())], { description }));

export const SettingObject = Type.Object({
  name: Name("as in seatkeeper.yaml and as a flag"),
  environment: Name("its name in the environment"),
  value: SettingValue("in force; null where it is not set or secret"),
  default: SettingValue("in force where nobody sets it; null where there is none"),
  is_set: Flag("it is, or it has a default"),
  is_secret: Flag("never shown"),
  about: Text(),
});

export const listSettings = defineList({
  noun: "setting",
  verb: "list",
  method: "GET",
  path: "/settings",
  summary: "The settings in force; they are changed in seatkeeper.yaml, by flags, or in the environment",
  ...both,
  role: "admin",
  item: SettingObject,
  fields: { name: "text", is_set: "boolean", is_secret: "boolean" },
});
