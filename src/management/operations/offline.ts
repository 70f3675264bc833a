import Type from "typebox";
import { activationRefusals } from "../../domain/outcome.ts";
import { Body, Flag, Id, Name, OneOf, OrNull } from "../fields.ts";
import { defineOperation } from "../operation.ts";

const vendor = { sides: ["vendor"] } as const;
const file = { file: Type.String({ minLength: 1, maxLength: 900_000, description: "text of the request file" }) };
/** Why a request file is not believed. */
const proof = ["request_file_invalid", "invalid_api_key", "revoked_api_key", "read_only_api_key", "signature_mismatch"];
const kept = [...proof, "api_key_product_not_allowed", "offline_request_reused"];
/** What the device has used and not reported yet is added first. */
const consumption = [
  "license_not_consumption",
  "license_not_enough_consumptions",
  "negative_consumptions_not_allowed",
  "invalid_license_feature_code",
  "unsupported_product_feature",
  "feature_not_enough_consumptions",
];

export const inspectRequest = defineOperation({
  noun: "request",
  verb: "inspect",
  method: "POST",
  path: "/requests/inspect",
  summary: "What a request file asks for; nothing is changed",
  ...vendor,
  role: "viewer",
  body: Body(file),
  reply: Type.Object({
    request: OneOf(["activation", "deactivation"]),
    request_id: Type.String(),
    date: Type.String({ description: "as its writer put it" }),
    product: Name(),
    hardware_id: Name(),
    license_key: OrNull(Type.String()),
    username: OrNull(Type.String()),
    license: OrNull(Id("that it would activate or give back")),
    is_device_known: Flag("the device was seen on that license before"),
    is_answered: Flag("it was answered before, and will not be again"),
    info: Type.Any({ description: "what the device says of itself" }),
  }),
  refuses: [...proof, "api_key_product_not_allowed"],
});

export const answerRequest = defineOperation({
  noun: "request",
  verb: "answer",
  method: "POST",
  path: "/requests/answer",
  summary: "Answer an activation request with a license file",
  ...vendor,
  role: "operator",
  body: Body(file),
  reply: Type.Object({ request_id: Type.String(), file: Type.String({ description: "text of the license file" }) }),
  refuses: [...kept, ...activationRefusals],
});

export const deactivateByRequest = defineOperation({
  noun: "request",
  verb: "deactivate",
  method: "POST",
  path: "/requests/deactivate",
  summary: "Take the device that a deactivation request is of off its license",
  ...vendor,
  role: "operator",
  body: Body(file),
  reply: Type.Object({ request_id: Type.String(), product: Name(), hardware_id: Name() }),
  refuses: [
    ...kept,
    "unknown_product",
    "license_not_found",
    "license_not_active",
    "license_not_enabled",
    "device_not_found",
    "blacklisted",
    ...consumption,
  ],
});

export const writeRefreshFile = defineOperation({
  noun: "license",
  verb: "refresh-file",
  method: "POST",
  path: "/licenses/{license}/refresh-file",
  summary: "Write a license file with the license as it is now, for a server that imported it before",
  ...vendor,
  role: "operator",
  params: Type.Object({ license: Id() }),
  body: Body({ hardware_id: Name("of the floating server") }),
  reply: Type.Object({ file: Type.String({ description: "text of the license file" }) }),
  refuses: ["license_not_found", "device_not_found", "blacklisted"],
});
