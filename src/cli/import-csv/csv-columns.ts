import type { TObject, TSchema } from "typebox";
import { createLicense } from "../../management/operations/licenses.ts";

/** Columns of the report of bad rows; a corrected report may be imported as it is. */
export const REPORT_COLUMNS = ["row", "code", "sentence"] as const;

const fields = (createLicense.body as TObject).properties as Readonly<Record<string, TSchema>>;

/** What a column may be called: the fields of `POST /licenses`. */
export const COLUMNS = Object.keys(fields);

/** The cells of one row, by column, as the body of `POST /licenses`; or why they cannot be. An empty cell is left out. */
export function bodyOf(
  columns: readonly string[],
  cells: readonly string[],
): { readonly body: Readonly<Record<string, unknown>> } | { readonly problem: string } {
  if (cells.length !== columns.length) {
    return { problem: `the row has ${cells.length} cells, the header has ${columns.length}` };
  }
  const body: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [index, column] of columns.entries()) {
    const field = fields[column];
    const cell = cells[index] ?? "";
    if (field === undefined || cell === "") continue;
    const read = readCell(field, cell);
    if ("problem" in read) problems.push(`${column} ${read.problem}`);
    else body[column] = read.value;
  }
  return problems.length > 0 ? { problem: problems.join("; ") } : { body };
}

type Read = { readonly value: unknown } | { readonly problem: string };

interface PlainSchema {
  readonly type?: string;
  readonly anyOf?: readonly PlainSchema[];
}

/** `null` where the field may be null; lists and objects as JSON. */
function readCell(schema: PlainSchema, cell: string): Read {
  const { type, anyOf } = schema;
  if (anyOf !== undefined) {
    const [kind] = anyOf.filter((each) => each.type !== "null");
    return cell === "null" ? { value: null } : readCell(kind ?? {}, cell);
  }
  switch (type) {
    case "integer":
    case "number":
      return /^-?\d+(\.\d+)?$/.test(cell) ? { value: Number(cell) } : { problem: "must be a number" };
    case "boolean":
      return /^(true|false)$/i.test(cell)
        ? { value: cell.toLowerCase() === "true" }
        : { problem: "must be true or false" };
    case "string":
      return { value: cell };
    default:
      return readJson(cell);
  }
}

function readJson(cell: string): Read {
  try {
    return { value: JSON.parse(cell) };
  } catch {
    return { problem: "must be JSON" };
  }
}
