import type { Page } from "playwright-core";
import type { LivedDemo } from "./lived-demo.ts";

/** A page to take a picture of. */
export interface Picture {
  readonly name: string;
  readonly path: string;
  /** What is done on it first. */
  open?(page: Page): Promise<void>;
}

/** Every page of a side, under the name of its picture. */
export function pagesOf(side: "vendor" | "floating", { cloudLicense, floatingLicense }: LivedDemo): readonly Picture[] {
  return side === "vendor"
    ? [...vendorPages(cloudLicense), ...bothPages]
    : [...floatingPages(floatingLicense), ...bothPages];
}

const bothPages: readonly Picture[] = [
  { name: "live-seats", path: "/seats" },
  { name: "licenses", path: "/licenses" },
  { name: "usage", path: "/usage?range=week" },
  { name: "denials", path: "/denials" },
  { name: "audit", path: "/audit" },
  { name: "team", path: "/team" },
  { name: "settings", path: "/settings" },
  { name: "api", path: "/api" },
];

const floatingPages = (license: number): readonly Picture[] => [
  { name: "license", path: `/licenses/${license}` },
  { name: "import-license", path: "/licenses/import" },
  { name: "requests", path: "/requests" },
  { name: "consumption", path: "/consumption" },
];

const vendorPages = (license: number): readonly Picture[] => [
  { name: "products", path: "/products" },
  { name: "product", path: "/products/demo" },
  { name: "product-features", path: "/products/demo?tab=features" },
  {
    name: "add-product-feature",
    path: "/products/demo?tab=features",
    async open(page) {
      await page.getByRole("button", { name: "Add product feature" }).click();
      await page.getByLabel("Offline Floating Feature").check();
    },
  },
  { name: "product-policies", path: "/products/demo?tab=policies" },
  { name: "product-versions", path: "/products/demo?tab=versions" },
  { name: "bundles", path: "/bundles" },
  { name: "issue-license", path: "/licenses/issue" },
  { name: "license", path: `/licenses/${license}` },
  { name: "offline-portal", path: "/offline" },
  { name: "customers", path: "/customers" },
  { name: "orders", path: "/orders" },
  { name: "license-users", path: "/users" },
  { name: "api-keys", path: "/api-keys" },
  { name: "signing-keys", path: "/signing-keys" },
];
