import type { TSchema } from "typebox";
import type { Operation } from "./operation.ts";
import * as admins from "./operations/admins.ts";
import * as apiKeys from "./operations/api-keys.ts";
import * as audit from "./operations/audit.ts";
import * as bundles from "./operations/bundles.ts";
import * as counters from "./operations/counters.ts";
import * as customers from "./operations/customers.ts";
import * as devices from "./operations/devices.ts";
import * as imports from "./operations/imports.ts";
import * as licenses from "./operations/licenses.ts";
import * as live from "./operations/live.ts";
import * as oauthClients from "./operations/oauth-clients.ts";
import * as offline from "./operations/offline.ts";
import * as orders from "./operations/orders.ts";
import * as policies from "./operations/policies.ts";
import * as products from "./operations/products.ts";
import * as seats from "./operations/seats.ts";
import * as server from "./operations/server.ts";
import * as sessions from "./operations/sessions.ts";
import * as signingKeys from "./operations/signing-keys.ts";
import * as tokens from "./operations/tokens.ts";
import * as usage from "./operations/usage.ts";
import * as users from "./operations/users.ts";
import * as versions from "./operations/versions.ts";

/** In the order of the documentation. */
const modules: readonly Readonly<Record<string, unknown>>[] = [
  products,
  policies,
  bundles,
  versions,
  licenses,
  devices,
  offline,
  customers,
  orders,
  users,
  apiKeys,
  oauthClients,
  signingKeys,
  seats,
  imports,
  usage,
  counters,
  audit,
  live,
  server,
  admins,
  tokens,
  sessions,
];
const exported = modules.flatMap((module) => Object.entries(module));

/** Every operation of the management API, of both sides. */
export const allOperations: readonly Operation[] = exported.map(([, value]) => value).filter(isOperation);

/** The objects that operations reply with, by the names that the documentation calls them. */
export const namedSchemas: ReadonlyMap<object, string> = new Map(
  exported.flatMap(([name, value]) => (/^[A-Z]/.test(name) && isSchema(value) ? [[value, name] as const] : [])),
);

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "noun" in value && "verb" in value && "path" in value;
}

function isSchema(value: unknown): value is TSchema {
  return typeof value === "object" && value !== null && "type" in value && !("path" in value);
}
