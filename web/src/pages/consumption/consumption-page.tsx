import { Page } from "../../parts/page.tsx";

export function ConsumptionPage() {
  return <Page title="ConsumptionPage">{null}</Page>;
}
