import { Page } from "../../parts/page.tsx";

export function IssueLicensePage() {
  return <Page title="IssueLicensePage">{null}</Page>;
}
