import { Page } from "../../parts/page.tsx";

export function ImportLicensePage() {
  return <Page title="ImportLicensePage">{null}</Page>;
}
