import { Page } from "../../parts/page.tsx";
import { UrlTabs } from "../../parts/url-tabs.tsx";
import { ConsumptionHistory } from "./consumption-history.tsx";
import { CounterList } from "./counter-list.tsx";

export function ConsumptionPage() {
  return (
    <Page title="Consumption" about="What is counted instead of held: licenses and features of type consumption.">
      <UrlTabs
        label="Consumption"
        tabs={[
          { value: "now", label: "Now", render: () => <CounterList /> },
          { value: "history", label: "History", render: () => <ConsumptionHistory /> },
        ]}
      />
    </Page>
  );
}
