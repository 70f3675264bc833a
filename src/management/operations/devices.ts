import Type from "typebox";
import { Body, Flag, Id, Name, Named, OrNull, Text, Time } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";

const vendor = { sides: ["vendor"] } as const;

export const DeviceObject = Type.Object({
  id: Id(),
  license: Id(),
  hardware_id: Name(),
  is_active: Flag("activated, and not deactivated since"),
  is_blacklisted: Flag(),
  user_id: OrNull(Id()),
  activated_at: OrNull(Time()),
  seen_at: OrNull(Time()),
  info: Type.Any({ description: "what the device says of itself" }),
  variables: Type.Array(Type.Object({ name: Text(), value: Text(), created_at: Time() })),
});

const licenseParams = Type.Object({ license: Id() });
const deviceParams = Type.Object({ license: Id(), device: Name("hardware id") });

export const listDevices = defineList({
  noun: "device",
  verb: "list",
  method: "GET",
  path: "/licenses/{license}/devices",
  summary: "Devices of a license; inactive ones too",
  ...vendor,
  role: "viewer",
  params: licenseParams,
  refuses: ["does_not_exist"],
  item: DeviceObject,
  fields: {
    id: "number",
    hardware_id: "text",
    is_active: "boolean",
    is_blacklisted: "boolean",
    user_id: "number",
    activated_at: "time",
    seen_at: "time",
  },
});

export const showDevice = defineOperation({
  noun: "device",
  verb: "show",
  method: "GET",
  path: "/licenses/{license}/devices/{device}",
  summary: "One device of a license, with its variables",
  ...vendor,
  role: "viewer",
  params: deviceParams,
  reply: DeviceObject,
  refuses: ["does_not_exist"],
});

const verb = <const Verb extends string>(name: Verb, summary: string, refuses: readonly string[]) =>
  defineOperation({
    noun: "device",
    verb: name,
    method: "POST",
    path: `/licenses/{license}/devices/{device}/${name}`,
    summary,
    ...vendor,
    role: "admin",
    params: deviceParams,
    reply: DeviceObject,
    refuses,
    hasEtag: true,
  });
export const blacklistDevice = verb("blacklist", "Bar a device from a license; its seats end", ["license_not_found"]);
export const admitDevice = verb("admit", "Take a device off the blacklist", ["license_not_found", "device_not_found"]);
export const deactivateDevice = verb("deactivate", "Take a device off a license; its seats end", [
  "license_not_found",
  "device_not_found",
]);

export const setDeviceVariables = defineOperation({
  noun: "device",
  verb: "set-variables",
  method: "PUT",
  path: "/licenses/{license}/devices/{device}/variables",
  summary: "Set variables of an active device by their names; others stay",
  ...vendor,
  role: "admin",
  params: deviceParams,
  body: Body({ variables: Named(Text(), "values by names, as JSON") }),
  reply: DeviceObject,
  refuses: ["license_not_found", "device_not_found", "validation_error"],
  hasEtag: true,
});
