import type { Operation } from "../../src/management/operation.ts";
import * as apiKeys from "../../src/management/operations/api-keys.ts";
import * as bundles from "../../src/management/operations/bundles.ts";
import * as customers from "../../src/management/operations/customers.ts";
import * as oauthClients from "../../src/management/operations/oauth-clients.ts";
import * as orders from "../../src/management/operations/orders.ts";
import * as policies from "../../src/management/operations/policies.ts";
import * as users from "../../src/management/operations/users.ts";
import * as versions from "../../src/management/operations/versions.ts";

type AnyOperation = Pick<Operation, "noun" | "verb" | "status" | "reply">;

/** How one kind of record lives: what it is made of and changed to, and what collides. */
export interface Life {
  readonly path: string;
  readonly list: AnyOperation;
  readonly create: AnyOperation;
  readonly show: AnyOperation;
  readonly update: AnyOperation;
  /** Of DELETE: it is gone then, or revoked. */
  readonly end: AnyOperation;
  readonly isRevoked?: boolean;
  readonly body: object;
  readonly shows: object;
  readonly patch: object;
  readonly changed: object;
  /** A query that finds it, and one that does not. */
  readonly found: string;
  readonly notFound: string;
  readonly bad: object;
  readonly badParam: string;
  /** Where the schema lets it pass and the use case does not. */
  readonly badCode?: string;
  /** A second one, and what is changed so that it collides with the first; left out where nothing is unique. */
  readonly other?: object;
  readonly collision?: object;
  /** Its name in the path. */
  nameOf(body: Record<string, unknown>): string | number;
  readonly missing: string;
}

export const byId = ({ id }: Record<string, unknown>) => Number(id);

/** One of each kind. Their product is `cad`; it has a feature `export`, and there is a product `cam`. */
export const lives: Record<string, Life> = {
  policies: {
    path: "/policies",
    list: policies.listPolicies,
    create: policies.createPolicy,
    show: policies.showPolicy,
    update: policies.updatePolicy,
    end: policies.deletePolicy,
    body: {
      product: "cad",
      code: "year",
      name: "One year",
      type: "time-limited",
      valid_duration_seconds: 31_536_000,
      seats: 3,
      cloud_floating: true,
      features: [{ code: "export", seats: 9, expires_at: "2030-01-01T00:00:00Z" }],
    },
    shows: {
      product: "cad",
      type: "time-limited",
      valid_duration_seconds: 31_536_000,
      seats: 3,
      cloud_floating: true,
      features: [{ code: "export", seats: 9, expires_at: "2030-01-01T00:00:00.000Z" }],
    },
    patch: { name: "A year", seats: 4, offline_floating: true, features: null },
    // What the change does not name stays, the other half of a group too.
    changed: {
      name: "A year",
      seats: 4,
      offline_floating: true,
      cloud_floating: true,
      type: "time-limited",
      features: null,
    },
    found: "product=cad&type=time-limited",
    notFound: "is_trial=true",
    bad: { code: "", seats: -1 },
    badParam: "seats",
    other: { product: "cad", code: "trial", name: "Trial" },
    collision: { code: "year" },
    nameOf: byId,
    missing: "999",
  },
  bundles: {
    path: "/bundles",
    list: bundles.listBundles,
    create: bundles.createBundle,
    show: bundles.showBundle,
    update: bundles.updateBundle,
    end: bundles.deleteBundle,
    body: { code: "suite", name: "Suite", product_codes: ["cad", "cam"] },
    shows: { product_codes: ["cad", "cam"] },
    patch: { name: "The suite", product_codes: ["cam"] },
    changed: { code: "suite", name: "The suite", product_codes: ["cam"] },
    found: "code=suite",
    notFound: "name.contains=office",
    bad: { product_codes: [] },
    badParam: "product_codes",
    badCode: "invalid_field",
    other: { code: "office", name: "Office", product_codes: ["cad"] },
    collision: { code: "suite" },
    nameOf: ({ code }) => String(code),
    missing: "nothing",
  },
  versions: {
    path: "/versions",
    list: versions.listVersions,
    create: versions.createVersion,
    show: versions.showVersion,
    update: versions.updateVersion,
    end: versions.deleteVersion,
    body: {
      product: "cad",
      version: "2.1",
      size_bytes: 1_000,
      environment: "linux",
      released_at: "2026-01-02T03:04:05Z",
    },
    shows: {
      product: "cad",
      size_bytes: 1_000,
      released_at: "2026-01-02T03:04:05.000Z",
      is_enabled: true,
      channel: "",
    },
    patch: { is_enabled: false, size_bytes: 2_000 },
    changed: { version: "2.1", is_enabled: false, size_bytes: 2_000, environment: "linux" },
    found: "product=cad&is_enabled=true&size_bytes.gte=1000&released_at.lte=2026-06-01T00:00:00Z",
    notFound: "product=cam",
    bad: { size_bytes: 1.5, is_enabled: "no" },
    badParam: "size_bytes",
    other: { product: "cad", version: "2.2", environment: "linux" },
    collision: { version: "2.1" },
    nameOf: byId,
    missing: "999",
  },
  customers: {
    path: "/customers",
    list: customers.listCustomers,
    create: customers.createCustomer,
    show: customers.showCustomer,
    update: customers.updateCustomer,
    end: customers.deleteCustomer,
    body: { email: "ada@example.com", company_name: "Engines", metadata: { tier: 1 } },
    shows: { company_name: "Engines", metadata: { tier: 1 }, city: "" },
    patch: { city: "London" },
    changed: { email: "ada@example.com", city: "London", metadata: { tier: 1 } },
    found: "email=ada%40example.com&company_name.contains=ENGINE",
    notFound: "country=GB",
    bad: { email: 5, nickname: "Ada" },
    badParam: "email",
    nameOf: byId,
    missing: "999",
  },
  orders: {
    path: "/orders",
    list: orders.listOrders,
    create: orders.createOrder,
    show: orders.showOrder,
    update: orders.updateOrder,
    end: orders.deleteOrder,
    body: { store_id: "A-1" },
    shows: { customer_id: null },
    patch: { store_id: "A-2" },
    changed: { store_id: "A-2" },
    found: "store_id.in=A-1,A-9&customer_id=null",
    notFound: "customer_id=7",
    bad: { store_id: "" },
    badParam: "store_id",
    other: { store_id: "B-1" },
    collision: { store_id: "A-1" },
    nameOf: byId,
    missing: "999",
  },
  users: {
    path: "/users",
    list: users.listUsers,
    create: users.createUser,
    show: users.showUser,
    update: users.updateUser,
    end: users.deleteUser,
    body: { username: "ada@example.com|2", first_name: "Ada" },
    shows: { first_name: "Ada", phone: "", customer_id: null, is_initial_password: true },
    patch: { phone: "1" },
    changed: { username: "ada@example.com|2", first_name: "Ada", phone: "1" },
    found: "first_name=Ada&is_initial_password=true",
    notFound: "username.contains=bob",
    bad: { username: "", first_name: 1 },
    badParam: "username",
    other: { username: "bob@example.com" },
    collision: { username: "ada@example.com|2" },
    nameOf: ({ username }) => encodeURIComponent(String(username)),
    missing: "nobody",
  },
  "API keys": {
    path: "/api-keys",
    list: apiKeys.listApiKeys,
    create: apiKeys.createApiKey,
    show: apiKeys.showApiKey,
    update: apiKeys.updateApiKey,
    end: apiKeys.revokeApiKey,
    isRevoked: true,
    body: { name: "shop", products: ["cad"] },
    shows: { name: "shop", products: ["cad"], is_read_only: false, is_revoked: false },
    patch: { is_read_only: true, products: null },
    changed: { name: "shop", products: null, is_read_only: true },
    found: "name=shop&is_revoked=false",
    notFound: "is_read_only=true",
    bad: { name: "", products: "cad" },
    badParam: "products",
    nameOf: ({ key }) => String(key),
    missing: "nothing",
  },
  "OAuth clients": {
    path: "/oauth-clients",
    list: oauthClients.listOauthClients,
    create: oauthClients.createOauthClient,
    show: oauthClients.showOauthClient,
    update: oauthClients.updateOauthClient,
    end: oauthClients.revokeOauthClient,
    isRevoked: true,
    body: { name: "portal", is_read_only: true },
    shows: { name: "portal", products: null, is_read_only: true, is_revoked: false },
    patch: { products: ["cam"] },
    changed: { name: "portal", products: ["cam"] },
    found: "name=portal&is_read_only=true",
    notFound: "is_revoked=true",
    bad: { is_read_only: 1 },
    badParam: "is_read_only",
    nameOf: ({ client_id }) => String(client_id),
    missing: "nothing",
  },
};
