import { Page } from "../../parts/page.tsx";

export function LicensePage() {
  return <Page title="LicensePage">{null}</Page>;
}
