import { Errors } from "typebox/value";
import { createLicense } from "../../management/operations/licenses.ts";
import type { ManagementClient } from "../management/api-client.ts";
import { ApiFailure } from "../management/api-failure.ts";
import { bodyOf } from "./csv-columns.ts";
import type { CsvFile } from "./read-csv.ts";
import type { BadRow } from "./report.ts";

/** What can be told of rows without making anything: their cells, and whether their products are there. */
export async function checkRows(client: ManagementClient, { columns, rows }: CsvFile): Promise<readonly BadRow[]> {
  const bad: BadRow[] = [];
  const products = new Map<string, BadRow | undefined>();
  for (const row of rows) {
    const read = bodyOf(columns, row.cells);
    const problem = "problem" in read ? read.problem : findProblem(read.body);
    if (problem !== undefined) {
      bad.push({ ...row, code: "validation_error", sentence: problem });
      continue;
    }
    const product = row.cells[columns.indexOf("product")] ?? "";
    if (!products.has(product)) products.set(product, await missing(client, product));
    const refused = products.get(product);
    if (refused !== undefined) bad.push({ ...refused, ...row });
  }
  return bad;
}

function findProblem(body: object): string | undefined {
  const schema = createLicense.body;
  if (schema === undefined) return undefined;
  const sentences = new Map<string, string>();
  for (const { instancePath, message } of Errors(schema, body)) {
    const field = instancePath.slice(1).replaceAll("/", ".");
    if (!sentences.has(field)) sentences.set(field, `${field} ${message}`.trim());
  }
  return sentences.size === 0 ? undefined : [...sentences.values()].join("; ");
}

async function missing(client: ManagementClient, product: string): Promise<BadRow | undefined> {
  try {
    await client.request("GET", `/products/${encodeURIComponent(product)}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.problem.code !== "does_not_exist") throw error;
    return { row: 0, cells: [], code: "does_not_exist", sentence: error.problem.detail };
  }
}
