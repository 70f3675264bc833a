import Type from "typebox";
import { Body, Flag, Id, Name, OneOf, OrNull, Time } from "../fields.ts";
import { defineList, defineOperation, SIDES } from "../operation.ts";
import { LicenseObject } from "./licenses.ts";

const floating = { sides: ["floating"] } as const;

/** A field of a license that a file changes; a path leads into features. */
export const FieldChange = Type.Object({
  field: Type.String(),
  before: Type.Any(),
  after: Type.Any(),
});

export const ImportReply = Type.Object({
  result: OneOf(["new", "updated", "unchanged"]),
  license: LicenseObject,
  changes: Type.Array(FieldChange, { description: "what differs from the license that was here; none of a new one" }),
});

export const importLicense = defineOperation({
  noun: "license",
  verb: "import",
  method: "POST",
  path: "/licenses/import",
  summary: "Take over the license of a file; a dry run only tells what that would do",
  ...floating,
  role: "operator",
  body: Body({
    file: Type.String({ minLength: 1, maxLength: 1_048_576, description: "the text of the license file" }),
    product: Type.Optional(Name("code; a file for another product is refused")),
    dry_run: Type.Optional(Flag("change nothing")),
  }),
  reply: ImportReply,
  refuses: [
    "license_file_invalid",
    "license_file_outdated",
    "hardware_id_mismatch",
    "offline_request_unknown",
    "offline_request_reused",
  ],
  isHidden: true,
});

/** A file for the vendor. */
export const WrittenRequest = Type.Object({
  request_id: Type.String(),
  file: Type.String({ description: "the text of the request file, for the vendor" }),
});

export const removeLicense = defineOperation({
  noun: "license",
  verb: "remove",
  method: "POST",
  path: "/licenses/{license}/request-deactivation",
  summary: "Give a license back: its seats end at once, and the request file tells the vendor",
  ...floating,
  role: "operator",
  params: Type.Object({ license: Id() }),
  body: Body({ username: Type.Optional(Name("of a license of a user-based product")) }),
  reply: WrittenRequest,
  refuses: ["license_not_found", "missing_parameters", "validation_error"],
});

export const createRequest = defineOperation({
  noun: "request",
  verb: "create",
  method: "POST",
  path: "/requests",
  summary: "Write an activation request, which the vendor answers with a license file",
  ...floating,
  role: "operator",
  body: Body({
    product: Type.Optional(Name("code; left out where there is one product here")),
    license_key: Type.Optional(Name("left out: that of the license that is here")),
    username: Type.Optional(Name("of a license user, where the product is user-based")),
    password: Type.Optional(Type.String({ minLength: 1, maxLength: 510 })),
    license_id: Type.Optional(Id()),
  }),
  reply: WrittenRequest,
  status: 201,
  refuses: ["missing_parameters", "validation_error", "license_not_found"],
});

export const RequestObject = Type.Object({
  id: Id(),
  request_id: Type.String(),
  kind: OneOf(["activation", "deactivation"]),
  product: Name("code"),
  license: OrNull(Id("the license that came of it, or was given back")),
  at: Time(),
  is_closed: Flag("its answer was imported, or none is taken any more"),
  file: OrNull(Type.String({ description: "of a deactivation, which cannot be written again" })),
});

export const listRequests = defineList({
  noun: "request",
  verb: "list",
  method: "GET",
  path: "/requests",
  summary: "Request files that this server has written",
  sides: SIDES,
  // The file of a deactivation holds the license key.
  role: "operator",
  item: RequestObject,
  fields: {
    id: "number",
    request_id: "text",
    kind: "text",
    product: "text",
    license: "number",
    at: "time",
    is_closed: "boolean",
  },
});
