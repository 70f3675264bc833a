import { Page } from "../../parts/page.tsx";

export function SigningKeysPage() {
  return <Page title="SigningKeysPage">{null}</Page>;
}
