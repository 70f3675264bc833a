import type { Client, ClientBase } from "pg";
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

/**
 * Sends several statements in one piece: the server then reads all of them at once, and is not woken for each.
 *
 * @returns what `send` returns: the answers are still to come
 */
export function inOnePiece<T>(client: ClientBase, send: () => T): T {
  const { stream } = (client as Client).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/** All answers of what was sent at once. @throws the first error, when every answer is there */
export async function allSent<T extends readonly unknown[]>(
  sent: T,
): Promise<{ -readonly [At in keyof T]: Awaited<T[At]> }> {
  const answers = await Promise.allSettled(sent);
  return answers.map((answer) => {
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  }) as { -readonly [At in keyof T]: Awaited<T[At]> };
}
