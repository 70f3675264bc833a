import { Page } from "../../parts/page.tsx";

export function ApiPage() {
  return <Page title="ApiPage">{null}</Page>;
}
