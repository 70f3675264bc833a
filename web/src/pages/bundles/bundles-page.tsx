import { Page } from "../../parts/page.tsx";

export function BundlesPage() {
  return <Page title="BundlesPage">{null}</Page>;
}
