/** The keywords of JSON Schema that operations are told in. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly description?: string;
}

/** How a value is written on the command line. */
export type ValueKind =
  | "flag"
  | "seconds"
  | "time"
  | "number"
  | "choice"
  | "names"
  | "objects"
  | "object"
  | "any"
  | "text";

/** A field as the command line takes it. */
export interface Value {
  readonly kind: ValueKind;
  /** Without `null`. */
  readonly schema: Schema;
  readonly isNullable: boolean;
}

export function toValue(name: string, given: Schema): Value {
  const schema = given.anyOf?.find(({ type }) => type !== "null") ?? given;
  const isNullable = given.anyOf?.some(({ type }) => type === "null") ?? false;
  return { kind: kindOf(name, schema), schema, isNullable };
}

function kindOf(name: string, { type, enum: values, pattern, items, properties }: Schema): ValueKind {
  if (values !== undefined) return "choice";
  switch (type) {
    case "boolean":
      return "flag";
    case "integer":
    case "number":
      return name.endsWith("_seconds") ? "seconds" : "number";
    case "string":
      return pattern?.startsWith("^\\d{4}-") === true ? "time" : "text";
    case "array":
      return items?.type === "string" || items?.type === "integer" || items?.enum !== undefined ? "names" : "objects";
    case "object":
      return "object";
    default:
      return properties === undefined ? "any" : "object";
  }
}

/** Fields of an object, in their order. */
export function fieldsOf(schema: object): readonly (readonly [name: string, schema: Schema, isRequired: boolean])[] {
  const { properties = {}, required = [] } = schema as Schema;
  return Object.entries(properties).map(([name, each]) => [name, each, required.includes(name)]);
}

/** `timeout_seconds` is typed as `timeout`: its value has a unit of its own. */
export function flagNameOf(field: string): string {
  return field.replace(/_seconds$/, "").replaceAll("_", "-");
}
