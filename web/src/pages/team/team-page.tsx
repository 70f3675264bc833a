import { Page } from "../../parts/page.tsx";
import { UrlTabs } from "../../parts/url-tabs.tsx";
import { AdminList } from "./admin-list.tsx";
import { TokenList } from "./token-list.tsx";

const tabs = [
  { value: "team", label: "Team", render: () => <AdminList /> },
  { value: "tokens", label: "API tokens", render: () => <TokenList /> },
];

export function TeamPage() {
  return (
    <Page title="Team and tokens" about="Who may run this server: people by password, scripts by token.">
      <UrlTabs label="People and scripts" tabs={tabs} />
    </Page>
  );
}
