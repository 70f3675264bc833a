/*
 * From the schema of a body: what each of its fields must not be, and what it may be.
 */

/** What of JSON Schema the fields of bodies are made of. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly minProperties?: number;
  readonly propertyNames?: Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

/** A value that a field cannot have. */
interface Wrong {
  readonly value: unknown;
  /** Which part of the field it is that cannot be; empty is the field itself. */
  readonly at: string;
}

/** A body may have 1 MiB: what is longer cannot be sent. */
const MOST_CHARACTERS = 1_000_000;

/** Bodies that have a wrong value in as many fields as there are, until each field had every value it cannot have. */
export function* wrongBodies(schema: Schema): Generator<{ readonly fields: object; readonly bad: readonly string[] }> {
  const wrong = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, wrongValues(field)] as const);
  const rounds = Math.max(...wrong.map(([, values]) => values.length));
  for (let round = 0; round < rounds; round += 1) {
    const now = wrong.flatMap(([name, values]) => {
      const each = values[round];
      return each === undefined ? [] : [{ name, ...each }];
    });
    yield {
      fields: { ...rightFields(schema), ...Object.fromEntries(now.map(({ name, value }) => [name, value])) },
      bad: now.map(({ name, at }) => (at === "" ? name : `${name}.${at}`)),
    };
  }
}

/** One value for each way in which a field can be wrong, beside those of another type. */
function wrongValues(schema: Schema): readonly Wrong[] {
  const [first] = schema.anyOf ?? [];
  // The other alternative is null.
  if (first !== undefined) return wrongValues(first);
  switch (schema.type) {
    case "string":
      return wrongTexts(schema).map(wrong);
    case "integer":
    case "number":
      return wrongNumbers(schema).map(wrong);
    case "array":
      return wrongLists(schema);
    case "object":
      return wrongObjects(schema);
    default:
      return [];
  }
}

/** A value that fits. */
function rightValue({ anyOf, type, ...schema }: Schema): unknown {
  if (anyOf?.[0] !== undefined) return rightValue(anyOf[0]);
  switch (type) {
    case "string":
      return schema.enum?.[0] ?? (schema.pattern?.includes("T") ? "2030-01-01T00:00:00Z" : "server:read");
    case "boolean":
      return true;
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => rightValue(schema.items ?? {}));
    case "object":
      return rightFields(schema);
    default:
      return schema.minimum ?? 0;
  }
}

/** The fields that a body needs. */
export function rightFields({ properties = {}, required = [] }: Schema): Readonly<Record<string, unknown>> {
  return Object.fromEntries(required.map((name) => [name, rightValue(properties[name] ?? {})]));
}

function wrong(value: unknown): Wrong {
  return { value, at: "" };
}

function wrongTexts({ enum: values, minLength = 0, maxLength = Infinity, pattern }: Schema): unknown[] {
  return [
    ...(values !== undefined ? ["none of these"] : []),
    ...(minLength > 0 ? [""] : []),
    ...(maxLength < MOST_CHARACTERS ? ["x".repeat(maxLength + 1)] : []),
    ...(pattern !== undefined ? [" "] : []),
  ];
}

function wrongNumbers({ type, minimum, maximum }: Schema): unknown[] {
  return [
    ...(type === "integer" ? [1.5] : []),
    ...(minimum !== undefined ? [minimum - 1] : []),
    ...(maximum !== undefined ? [maximum + 1] : []),
  ];
}

function wrongLists({ items = {}, minItems = 0, maxItems }: Schema): Wrong[] {
  return [
    ...(minItems > 0 ? [wrong([])] : []),
    ...(maxItems !== undefined ? [wrong(Array.from({ length: maxItems + 1 }, () => rightValue(items)))] : []),
    ...(items.type !== undefined ? [{ value: [[]], at: "0" }] : []),
    ...wrongValues(items).map(({ value, at }) => ({ value: [value], at: under("0", at) })),
  ];
}

function wrongObjects(schema: Schema): Wrong[] {
  const { properties = {}, required = [], additionalProperties, minProperties = 0 } = schema;
  const { propertyNames, patternProperties = {} } = schema;
  const right = rightFields(schema);
  const [values] = Object.values(patternProperties);
  return [
    ...(minProperties > 0 ? [wrong({})] : []),
    ...(propertyNames !== undefined ? [wrong({ " ": rightValue(values ?? {}) })] : []),
    ...(additionalProperties === false ? [{ value: { ...right, unheard_of: 1 }, at: "unheard_of" }] : []),
    ...required.map((name) => ({ value: { ...right, [name]: undefined }, at: name })),
    ...Object.entries({ ...properties, ...(values && { some: values }) }).flatMap(([name, field]) =>
      wrongValues(field).map(({ value, at }) => ({ value: { ...right, [name]: value }, at: under(name, at) })),
    ),
  ];
}

function under(name: string, at: string): string {
  return at === "" ? name : `${name}.${at}`;
}
