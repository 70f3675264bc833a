/** The keywords of JSON Schema that our schemas use. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

/**
 * A JSON Schema as a TypeScript type.
 *
 * @param named schemas that have a name of their own, by which they are referred to
 */
export function typeText(schema: object, named: ReadonlyMap<object, string>, indent = ""): string {
  const name = named.get(schema);
  if (name !== undefined) return name;
  const { type, anyOf, items, properties, patternProperties, ...rest } = schema as Schema;
  if ("const" in rest) return JSON.stringify(rest.const);
  if (rest.enum !== undefined) return rest.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (anyOf !== undefined) return anyOf.map((each) => typeText(each, named, indent)).join(" | ");
  if (items !== undefined) return `${parenthesized(typeText(items, named, indent))}[]`;
  if (properties !== undefined) return objectText(properties, rest.required ?? [], named, indent);
  if (patternProperties !== undefined) {
    return `{ [name: string]: ${typeText(Object.values(patternProperties)[0] ?? {}, named, indent)} }`;
  }
  return [type ?? "unknown"].flat().map(primitiveText).join(" | ");
}

function objectText(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  named: ReadonlyMap<object, string>,
  indent: string,
): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).flatMap(([name, schema]) => {
    const mark = required.includes(name) ? "" : "?";
    const comment = schema.description === undefined ? [] : [`${inner}/** ${schema.description} */`];
    return [...comment, `${inner}${memberName(name)}${mark}: ${typeText(schema, named, inner)};`];
  });
  return ["{", ...lines, `${indent}}`].join("\n");
}

/** Names that are no identifiers are written in quotes. */
function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function primitiveText(type: string): string {
  return type === "integer" ? "number" : type === "object" ? "object" : type;
}

function parenthesized(text: string): string {
  return / \| /.test(text) && !text.startsWith("{") ? `(${text})` : text;
}
