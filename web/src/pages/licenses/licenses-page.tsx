import { Page } from "../../parts/page.tsx";

export function LicensesPage() {
  return <Page title="LicensesPage">{null}</Page>;
}
