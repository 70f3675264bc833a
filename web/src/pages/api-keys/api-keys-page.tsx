import { Page } from "../../parts/page.tsx";
import { UrlTabs } from "../../parts/url-tabs.tsx";
import { apiKeys, oauthClients } from "./credential-kinds.ts";
import { CredentialList } from "./credential-list.tsx";

const tabs = [
  { value: "api-keys", label: "API keys", render: () => <CredentialList key="api-keys" kind={apiKeys} /> },
  {
    value: "oauth-clients",
    label: "OAuth clients",
    render: () => <CredentialList key="oauth-clients" kind={oauthClients} />,
  },
];

export function ApiKeysPage() {
  return (
    <Page
      title="API keys"
      about="What your applications prove themselves with at the License API. People and scripts that run this server use API tokens instead, see Team and tokens."
    >
      <UrlTabs label="Kinds of credentials" tabs={tabs} />
    </Page>
  );
}
