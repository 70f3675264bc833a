import { createRootRoute, createRoute, createRouter, Link, lazyRouteComponent, redirect } from "@tanstack/react-router";
import type { Side } from "../api/operation.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { ProblemAlert } from "../parts/problem-alert.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell });

/** @param load the file of a page; it is fetched when the page is first seen */
const page = <Module extends Record<string, unknown>>(
  path: string,
  load: () => Promise<Module>,
  component: keyof Module & string,
) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load as never, component as never) });

const pages = [
  page("/seats", () => import("../pages/seats/live-seats-page.tsx"), "LiveSeatsPage"),
  page("/products", () => import("../pages/products/products-page.tsx"), "ProductsPage"),
  page("/products/$product", () => import("../pages/products/product-page.tsx"), "ProductPage"),
  page("/bundles", () => import("../pages/bundles/bundles-page.tsx"), "BundlesPage"),
  page("/licenses", () => import("../pages/licenses/licenses-page.tsx"), "LicensesPage"),
  page("/licenses/issue", () => import("../pages/licenses/issue-license-page.tsx"), "IssueLicensePage"),
  page("/licenses/import", () => import("../pages/licenses/import-license-page.tsx"), "ImportLicensePage"),
  page("/licenses/$license", () => import("../pages/licenses/license-page.tsx"), "LicensePage"),
  page("/offline", () => import("../pages/offline/offline-page.tsx"), "OfflinePage"),
  page("/requests", () => import("../pages/requests/requests-page.tsx"), "RequestsPage"),
  page("/customers", () => import("../pages/customers/customers-page.tsx"), "CustomersPage"),
  page("/customers/$customer", () => import("../pages/customers/customer-page.tsx"), "CustomerPage"),
  page("/orders", () => import("../pages/orders/orders-page.tsx"), "OrdersPage"),
  page("/users", () => import("../pages/users/users-page.tsx"), "UsersPage"),
  page("/usage", () => import("../pages/usage/usage-page.tsx"), "UsagePage"),
  page("/denials", () => import("../pages/denials/denials-page.tsx"), "DenialsPage"),
  page("/consumption", () => import("../pages/consumption/consumption-page.tsx"), "ConsumptionPage"),
  page("/audit", () => import("../pages/audit/audit-page.tsx"), "AuditPage"),
  page("/api-keys", () => import("../pages/api-keys/api-keys-page.tsx"), "ApiKeysPage"),
  page("/signing-keys", () => import("../pages/signing-keys/signing-keys-page.tsx"), "SigningKeysPage"),
  page("/team", () => import("../pages/team/team-page.tsx"), "TeamPage"),
  page("/settings", () => import("../pages/settings/settings-page.tsx"), "SettingsPage"),
  page("/api", () => import("../pages/api/api-page.tsx"), "ApiPage"),
];

/** The pages of both sides; the menu shows those that the server has. */
export function makeRouter(side: Side) {
  const home = createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: side === "vendor" ? "/products" : "/seats" });
    },
  });
  return createRouter({
    routeTree: root.addChildren([home, ...pages]),
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: ({ error }) => <ProblemAlert error={error} title="This page failed" />,
    // Search parameters are texts, as the API takes them.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString();
      return text === "" ? "" : `?${text}`;
    },
  });
}

function NotFound() {
  return (
    <EmptyState title="There is no such page">
      <Link to="/">Go to the first page</Link>
    </EmptyState>
  );
}
