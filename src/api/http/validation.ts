import type { FastifySchemaValidationError } from "fastify";
import { wireFormats } from "../../wire/fields.ts";
import { RequestRefusal } from "./request-refusal.ts";

/** How Ajv reads our schemas: nothing is coerced, removed or filled in, and every bad field is found. */
export const ajvOptions = {
  coerceTypes: false as const,
  removeAdditional: false as const,
  useDefaults: false,
  allErrors: true,
  allowUnionTypes: true,
  formats: wireFormats,
};

/** Turns Ajv's errors into one refusal that names the fields: the missing ones if there are any, else the bad ones. */
export function validationRefusal(errors: readonly FastifySchemaValidationError[]): RequestRefusal {
  const missing = errors.filter((error) => error.keyword === "required");
  if (missing.length > 0) {
    const names = missing.map((error) => String(error.params["missingProperty"]));
    return new RequestRefusal("missing_parameters", [...new Set(names)].join(", "));
  }
  const sentences = new Map<string, string>();
  for (const error of errors) {
    const field = error.instancePath.slice(1).replaceAll("/", ".");
    if (!sentences.has(field)) sentences.set(field, `${field} ${sentenceFor(error)}`);
  }
  return new RequestRefusal("validation_error", [...sentences.values()].join("; "));
}

/** Every bad field in one refusal, the missing ones among them. */
export function everyProblem(errors: readonly FastifySchemaValidationError[]): RequestRefusal {
  const sentences = new Map<string, string>();
  for (const error of errors) {
    const { keyword, params, instancePath, schemaPath } = error;
    // Of a name in a map, the map is told.
    if (schemaPath.includes("/propertyNames/")) continue;
    const path = instancePath.slice(1).replaceAll("/", ".");
    const under = (name: unknown) => (path === "" ? String(name) : `${path}.${name}`);
    const [field, sentence] =
      keyword === "required"
        ? [under(params["missingProperty"]), "is missing"]
        : keyword === "additionalProperties"
          ? [under(params["additionalProperty"]), "is not known here"]
          : [path === "" ? "body" : path, sentenceFor(error)];
    // Of an alternative with null, what is said of null is no help.
    if (keyword !== "anyOf" && !sentences.has(field)) sentences.set(field, `${field} ${sentence}`);
  }
  return new RequestRefusal("validation_error", [...sentences.values()].join("; "));
}

function sentenceFor({ keyword, params, message }: FastifySchemaValidationError): string {
  switch (keyword) {
    case "type": {
      const types = [params["type"]].flat().filter((type) => type !== "null");
      return `must be ${types.map((type) => `${/^[aio]/.test(String(type)) ? "an" : "a"} ${type}`).join(" or ")}`;
    }
    case "minLength":
      return "must not be empty";
    case "maxLength":
      return `must not be longer than ${params["limit"]} characters`;
    case "propertyNames":
      return "must not have a blank name";
    case "pattern":
      return params["pattern"] === "\\S" ? "must not be blank" : (message ?? "is not valid");
    case "enum": {
      const values = [params["allowedValues"]].flat().filter((value) => value !== null);
      return values.includes(true) ? "must be true or false" : `must be one of ${values.join(", ")}`;
    }
    case "const":
      return `must be ${params["allowedValue"]}`;
    case "format":
      return params["format"] === "wire-text"
        ? "must be well-formed text without NUL characters"
        : `must be an integer up to ${Number.MAX_SAFE_INTEGER}`;
    default:
      return message ?? "is not valid";
  }
}
