import { Page } from "../../parts/page.tsx";
import { UrlTabs } from "../../parts/url-tabs.tsx";
import { AnsweredRequests } from "./answered-requests.tsx";
import { RefreshFile } from "./refresh-file.tsx";
import { RequestDesk } from "./request-desk.tsx";

/** Files that travel between the vendor and floating servers without a network. */
export function OfflinePage() {
  return (
    <Page
      title="Offline portal"
      about="License files for customers whose floating server has no network to here: they send a request, you send the answer."
    >
      <UrlTabs
        label="Offline portal"
        tabs={[
          { value: "request", label: "Request", render: () => <RequestDesk /> },
          { value: "refresh", label: "Refresh", render: () => <RefreshFile /> },
          { value: "answered", label: "Answered", render: () => <AnsweredRequests /> },
        ]}
      />
    </Page>
  );
}
