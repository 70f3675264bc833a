import type { FastifyInstance } from "fastify";
import type { TSchema } from "typebox";
import { RequestRefusal } from "./request-refusal.ts";
import type { Route } from "./route.ts";

/**
 * The schemas of every request and reply of an API, by name.
 *
 * @param shared schemas with a name of their own, which others refer to
 */
export function namedSchemas(
  routes: readonly Route[],
  shared: Readonly<Record<string, TSchema>>,
): ReadonlyMap<string, TSchema> {
  const schemas = new Map<string, TSchema>(Object.entries(shared));
  for (const route of routes) {
    const name = `${route.name.charAt(0).toUpperCase()}${route.name.slice(1)}`;
    if (route.input !== undefined) schemas.set(`${name}Request`, route.input);
    schemas.set(`${name}Reply`, route.reply);
  }
  return schemas;
}

/** The schema by itself: nothing in it refers to another file. */
export function toJsonSchema(name: string, schema: TSchema): object {
  const plain = JSON.parse(JSON.stringify(schema, (key, value) => (key === "$id" ? undefined : value)));
  return { $schema: "https://json-schema.org/draft/2020-12/schema", title: name, ...plain };
}

/** Serves each schema as `<path>/<name>.json`, to anybody: applications and their tests read them. */
export function addSchemas(app: FastifyInstance, path: string, schemas: ReadonlyMap<string, TSchema>): void {
  const texts = new Map(
    [...schemas].map(([name, schema]) => [`${name}.json`, JSON.stringify(toJsonSchema(name, schema))]),
  );
  app.get<{ Params: { file: string } }>(`${path}/:file`, { schema: { hide: true } }, (request, reply) => {
    const text = texts.get(request.params.file);
    if (text === undefined) throw new RequestRefusal("not_found");
    return reply
      .header("content-type", "application/schema+json")
      .serializer((json: string) => json)
      .send(text);
  });
}
