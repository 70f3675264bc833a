import { Page } from "../../parts/page.tsx";

export function UsagePage() {
  return <Page title="UsagePage">{null}</Page>;
}
