import { Page } from "../../parts/page.tsx";

export function LiveSeatsPage() {
  return <Page title="LiveSeatsPage">{null}</Page>;
}
