import { isPassword, shapeOf } from "../../src/cli/management/command-shape.ts";
import { fieldsOf, type Schema, toValue } from "../../src/cli/management/schema.ts";
import { allOperations } from "../../src/management/all-operations.ts";
import type { Operation } from "../../src/management/operation.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { nameOf } from "./management.ts";
import { typeText } from "./type-text.ts";

/** The operations as the web UI calls them: a table it reads at run time, and the types of what goes in and out. */
export function webOperationFiles(): GeneratedFile[] {
  const banner = "// Generated from the operations of the management API by `npm run check -- --write`.\n";
  const entries = allOperations.map(
    (operation) => `  ${JSON.stringify(keyOf(operation))}: ${JSON.stringify(tableEntry(operation))},\n`,
  );
  const types = allOperations.map((operation) => `  ${JSON.stringify(keyOf(operation))}: ${typeEntry(operation)};\n`);
  return [
    {
      path: "web/src/api/operation-table.ts",
      content: `${banner}import type { OperationEntry } from "./operation.ts";\n\nexport const operationTable = {\n${entries.join("")}} as const satisfies Readonly<Record<string, OperationEntry>>;\n`,
    },
    {
      path: "web/src/api/operation-types.d.ts",
      content: `${banner}import type * as M from "../../../schemas/management.d.ts";\n\nexport interface OperationTypes {\n${types.join("")}}\n`,
    },
  ];
}

function keyOf({ noun, verb }: Operation): string {
  return `${noun} ${verb}`;
}

function tableEntry(operation: Operation): object {
  const { method, path, role, sides, body, list, hasEtag, isCreation, isHidden } = operation;
  const { positionals, file, body: flags, query, passwords } = shapeOf(operation);
  const flagNames = [...flags, ...query].filter(({ field, flag }) => flag !== field.replaceAll("_", "-"));
  return {
    method,
    path,
    role,
    sides,
    ...(positionals.length > 0 && { params: positionals.map(({ field }) => field) }),
    ...(body !== undefined && { fields: fieldsOf(body).map((each) => fieldEntry(...each)) }),
    ...(list !== undefined && { filters: list }),
    ...(file !== undefined && { file: file.field ?? "" }),
    ...(passwords.length > 0 && { passwords: passwords.map(({ field }) => field) }),
    ...(flagNames.length > 0 && { flags: Object.fromEntries(flagNames.map(({ field, flag }) => [field, flag])) }),
    ...(hasEtag === true && { hasEtag }),
    ...(isCreation === true && { isCreation }),
    ...(isHidden === true && { isHidden }),
  };
}

function fieldEntry(name: string, given: Schema, isRequired: boolean): object {
  const { kind, schema, isNullable } = toValue(name, given);
  const { enum: values, description, minimum, maximum, minLength, maxLength } = schema as Schema & Bounds;
  return {
    name,
    kind,
    ...(isRequired && { isRequired }),
    ...(isPassword(name) && { isSecret: true }),
    ...(isNullable && { isNullable }),
    ...(values !== undefined && { values }),
    ...((given.description ?? description) && { about: given.description ?? description }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && maximum < 1e11 && { maximum }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  };
}

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

function typeEntry(operation: Operation): string {
  const { params, query, body, list, status, item } = operation as Operation & { item?: object };
  const name = nameOf(operation);
  const texts = Object.keys(query.properties).map((key) => JSON.stringify(key));
  const members = [
    `params: ${typeText(params, new Map(), "    ")}`,
    `query: ${list === undefined ? typeText(query, new Map(), "    ") : `{ [Name in ${texts.join(" | ")}]?: string }`}`,
    `body: ${body === undefined ? "undefined" : `M.${name}Request`}`,
    `reply: ${status === 204 ? "undefined" : `M.${name}Reply`}`,
    ...(item === undefined ? [] : [`item: M.${name}Reply["data"][number]`]),
  ];
  return `{\n${members.map((member) => `    ${member};\n`).join("")}  }`;
}
