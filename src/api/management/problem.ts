import { STATUS_CODES } from "node:http";
import Type, { type Static } from "typebox";
import { errorBody, type WireError } from "../http/error-body.ts";
import { snake } from "./names.ts";

/** RFC 9457. [MANAGE-2] */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "the page of this server that explains the code" }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "a sentence for people" }),
    code: Type.String({ description: "snake_case; what programs look at" }),
    param: Type.Optional(Type.String({ description: "the field it is about; of several the first" })),
    errors: Type.Optional(
      Type.Array(Type.Object({ param: Type.String(), detail: Type.String() }), { description: "every bad field" }),
    ),
    request_id: Type.String(),
  },
  { $id: "Problem" },
);
export type Problem = Static<typeof Problem>;

/** Where the codes are explained, on this server itself. */
export const ERRORS_PATH = "/manage/errors";

/** @param about what the sentence names; several fields are separated by `; ` */
export function problemOf(code: string, wire: WireError, about: string | undefined, requestId: string): Problem {
  const told = about === undefined ? undefined : inWireNames(about);
  const errors = told === undefined ? [] : findParams(code, told);
  return {
    type: `${ERRORS_PATH}#${code}`,
    title: STATUS_CODES[wire.status] ?? "Error",
    status: wire.status,
    detail: errorBody(code, wire, told).message,
    code,
    ...(errors[0] !== undefined && { param: errors[0].param, errors }),
    request_id: requestId,
  };
}

const FIELD_CODES = new Set(["validation_error", "missing_parameters", "invalid_field", "already_exists", "is_in_use"]);
/** Codes about a thing that is not there: named by the path, or by a field, and then `field: ` comes first. */
const REFERENCE_CODES = new Set(["does_not_exist", "device_not_found"]);

/** The domain's sentences begin with its own names of fields. */
function inWireNames(about: string): string {
  return about.replace(/^([a-z]\w*(?:\.\w+)*)(?=[: ])/, (path) => path.split(".").map(wireName).join("."));
}

function wireName(name: string): string {
  const special: Record<string, string> = {
    capacity: "seats",
    onPremise: "offline_floating",
    cloud: "cloud_floating",
    size: "size_bytes",
  };
  return special[name] ?? snake(name);
}

function findParams(code: string, about: string): { param: string; detail: string }[] {
  if (REFERENCE_CODES.has(code)) {
    const param = /^([a-zA-Z_][\w.-]*): /.exec(about)?.[1];
    return param === undefined ? [] : [{ param, detail: about }];
  }
  if (!FIELD_CODES.has(code)) return [];
  if (code === "missing_parameters")
    return about.split(", ").map((param) => ({ param, detail: `${param} is missing` }));
  return about.split("; ").flatMap((detail) => {
    const param = /^[a-zA-Z_][\w.-]*/.exec(detail)?.[0];
    return param === undefined ? [] : [{ param, detail }];
  });
}
