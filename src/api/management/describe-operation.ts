import Type from "typebox";
import type { Operation } from "../../management/operation.ts";
import type { WireError } from "../http/error-body.ts";
import { Problem } from "./problem.ts";

/** Whoever asks: a token may be wrong, the web guard or the caller's role in the way, a parameter unknown. */
const OF_EVERY_OPERATION = ["unauthorized", "forbidden", "validation_error"] as const;

/** The codes an operation answers, beside those of every request. [MANAGE-9] */
export function codesOf({ refuses, hasEtag, isCreation }: Operation): readonly string[] {
  return [...OF_EVERY_OPERATION, ...(hasEtag ? ["stale"] : []), ...(isCreation ? ["key_reused"] : []), ...refuses];
}

/** What OpenAPI says of an operation, and what its requests are checked against. */
export function describeOperation(operation: Operation, errors: Readonly<Record<string, WireError>>) {
  const { noun, verb, summary, role, params, query, body, reply, status } = operation;
  const byStatus = Map.groupBy([...new Set(codesOf(operation))], (code) => String(errors[code]?.status ?? 500));
  const refusals = [...byStatus].map(([number, codes]) => [
    number,
    {
      description: codes.join(", "),
      content: { "application/problem+json": { schema: { ...Problem, $id: undefined } } },
    },
  ]);
  const isEmpty = status === 204;
  return {
    operationId: `${noun}_${verb}`.replaceAll("-", "_"),
    tags: [noun],
    summary,
    description: `\`seatkeeper ${noun} ${verb}\`; needs the role ${role}.`,
    ...(role === "anyone" && { security: [] }),
    ...(Object.keys(params.properties).length > 0 && { params }),
    querystring: query,
    ...(body !== undefined && { body }),
    response: {
      [status]: isEmpty ? { type: "null", description: "Done" } : { ...Type.Unsafe({ ...reply }), description: "OK" },
      ...Object.fromEntries(refusals),
    },
  };
}
