import { Page } from "../../parts/page.tsx";

export function OfflinePage() {
  return <Page title="OfflinePage">{null}</Page>;
}
