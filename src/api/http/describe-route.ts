import Type from "typebox";
import { ErrorBody } from "./error-body.ts";
import type { ListenerOptions } from "./listener.ts";
import type { Route } from "./route.ts";

/** What OpenAPI says of a route under one of its names. */
export function describeRoute(route: Route, url: string, method: string, errors: ListenerOptions["errors"]) {
  const byStatus = Map.groupBy(route.refuses, (code) => String(errors[code]?.status ?? 500));
  const refusals = [...byStatus].map(([status, codes]) => [
    status,
    { ...ErrorBody, $id: undefined, description: codes.join(", ") },
  ]);
  const nameOfPath = url === route.paths[0] ? "" : `_${route.paths.indexOf(url)}`;
  const nameOfMethod = route.methods.length > 1 ? `_${method.toLowerCase()}` : "";
  return {
    operationId: `${route.name}${nameOfPath}${nameOfMethod}`,
    tags: [route.section],
    summary: route.summary,
    ...(route.access.role === "public" && { security: [] }),
    hide: !route.paths.includes(url),
    response: {
      200: { description: "OK", ...Type.Unsafe({ ...route.reply, $id: undefined }) },
      ...Object.fromEntries(refusals),
    },
  };
}
