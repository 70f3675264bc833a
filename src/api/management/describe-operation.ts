import Type from "typebox";
import type { Operation } from "../../management/operation.ts";
import type { WireError } from "../http/error-body.ts";
import { Problem } from "./problem.ts";

/** Codes that every operation with a caller may answer. */
const OF_CALLERS = ["unauthorized", "forbidden"] as const;

/** The codes an operation answers, beside those of every request. */
export function codesOf({ role, refuses, hasEtag, isCreation, body, params, list }: Operation): readonly string[] {
  const isChecked = body !== undefined || list !== undefined || Object.keys(params.properties).length > 0;
  return [
    ...(role === "anyone" ? [] : OF_CALLERS),
    ...(isChecked ? ["validation_error"] : []),
    ...(hasEtag ? ["stale"] : []),
    ...(isCreation ? ["key_reused"] : []),
    ...refuses,
  ];
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
