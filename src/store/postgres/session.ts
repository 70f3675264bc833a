import type { ClientBase } from "pg";
import type { Row } from "./rows.ts";
import type { Statement } from "./statements.ts";

/** Runs a statement, which the connection prepares when it first uses it. */
export async function run(
  client: Pick<ClientBase, "query">,
  statement: Statement,
  ...values: unknown[]
): Promise<Row[]> {
  const result = await client.query({ ...statement, values });
  return result.rows as Row[];
}
