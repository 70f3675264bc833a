import type { OperationName, Side } from "../api/operation.ts";

/** A page that the menu leads to. */
export interface Place {
  readonly path: string;
  readonly label: string;
  readonly sides: readonly Side[];
  /** What one has to be allowed to see of it. */
  readonly operation: OperationName;
  readonly group: "Seats" | "Catalog" | "Licensing" | "Insight" | "Server";
  /** Other words that people look for it by. */
  readonly words: string;
}

const both = ["vendor", "floating"] as const;
const vendor = ["vendor"] as const;
const floating = ["floating"] as const;

/** The menu, in its order. */
export const places: readonly Place[] = [
  {
    path: "/products",
    label: "Products",
    sides: vendor,
    operation: "product list",
    group: "Catalog",
    words: "features policies versions",
  },
  { path: "/bundles", label: "Bundles", sides: vendor, operation: "bundle list", group: "Catalog", words: "packages" },
  {
    path: "/seats",
    label: "Live seats",
    sides: both,
    operation: "seat list",
    group: "Seats",
    words: "pools holders release borrow stuck",
  },
  {
    path: "/licenses",
    label: "Licenses",
    sides: both,
    operation: "license list",
    group: "Licensing",
    words: "keys issue import activation devices",
  },
  {
    path: "/offline",
    label: "Offline portal",
    sides: vendor,
    operation: "request inspect",
    group: "Licensing",
    words: "request answer refresh deactivate air gap file",
  },
  {
    path: "/requests",
    label: "Requests",
    sides: floating,
    operation: "request list",
    group: "Licensing",
    words: "activation request deactivation file",
  },
  {
    path: "/customers",
    label: "Customers",
    sides: vendor,
    operation: "customer list",
    group: "Licensing",
    words: "companies",
  },
  { path: "/orders", label: "Orders", sides: vendor, operation: "order list", group: "Licensing", words: "sales" },
  {
    path: "/users",
    label: "License users",
    sides: vendor,
    operation: "user list",
    group: "Licensing",
    words: "accounts passwords",
  },
  {
    path: "/usage",
    label: "Usage",
    sides: both,
    operation: "usage show",
    group: "Insight",
    words: "chart capacity histogram",
  },
  {
    path: "/denials",
    label: "Denials",
    sides: both,
    operation: "denial list",
    group: "Insight",
    words: "refused full",
  },
  {
    path: "/consumption",
    label: "Consumption",
    sides: both,
    operation: "counter list",
    group: "Insight",
    words: "tokens counters metered",
  },
  {
    path: "/audit",
    label: "Audit",
    sides: both,
    operation: "audit list",
    group: "Insight",
    words: "events history log chain",
  },
  {
    path: "/api-keys",
    label: "API keys",
    sides: vendor,
    operation: "api-key list",
    group: "Server",
    words: "oauth clients shared key secret",
  },
  {
    path: "/signing-keys",
    label: "Signing keys",
    sides: vendor,
    operation: "signing-key list",
    group: "Server",
    words: "public key rotate",
  },
  {
    path: "/team",
    label: "Team and tokens",
    sides: both,
    operation: "admin list",
    group: "Server",
    words: "admins operators viewers api tokens",
  },
  {
    path: "/settings",
    label: "Settings",
    sides: both,
    operation: "server show",
    group: "Server",
    words: "configuration timeouts auth status version hardware id",
  },
  {
    path: "/api",
    label: "API",
    sides: both,
    operation: "session show",
    group: "Server",
    words: "openapi reference schemas curl types",
  },
];

export const GROUPS = ["Catalog", "Seats", "Licensing", "Insight", "Server"] as const;
