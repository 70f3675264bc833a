import { Page } from "../../parts/page.tsx";

export function DenialsPage() {
  return <Page title="DenialsPage">{null}</Page>;
}
