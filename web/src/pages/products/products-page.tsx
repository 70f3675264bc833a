import { Page } from "../../parts/page.tsx";

export function ProductsPage() {
  return <Page title="ProductsPage">{null}</Page>;
}
