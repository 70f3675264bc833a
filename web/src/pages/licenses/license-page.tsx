import { Group, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useReply } from "../../api/queries.ts";
import { useSession } from "../../app/session.tsx";
import { Page } from "../../parts/page.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { UrlTabs } from "../../parts/url-tabs.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import { DevicesTab } from "./devices-tab.tsx";
import { FeaturesTab } from "./features-tab.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { LicenseActions } from "./license-actions.tsx";
import { type License, LicenseState, nameOf } from "./license-state.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { SeatsTab } from "./seats-tab.tsx";
import { UsersTab } from "./users-tab.tsx";

const UP = { to: "/licenses", label: "Licenses" } as const;

/** One license with all of it. */
export function LicensePage() {
  const { license: id } = useParams({ strict: false }) as { readonly license: string };
  const isNumber = /^[1-9]\d{0,15}$/.test(id);
  const query = useReply("license show", { params: { license: Number(id) } }, { enabled: isNumber });
  const license = query.data?.reply;
  if (!isNumber || (license === undefined && query.isError)) {
    return (
      <Page title={`License ${id}`} up={UP}>
        <ProblemAlert title="There is no such license" error={query.error ?? "Licenses are named by their numbers"} />
      </Page>
    );
  }
  return (
    <Page
      title={license === undefined ? `License ${id}` : nameOf(license)}
      about={license && <About license={license} />}
      up={UP}
      actions={license && <LicenseActions license={license} />}
    >
      <WhenLoaded query={query}>{({ reply }) => <Tabs license={reply} />}</WhenLoaded>
    </Page>
  );
}

function About({ license }: { readonly license: License }) {
  return (
    <Group gap="xs" mt={4}>
      <LicenseState license={license} />
      <Text size="sm">License of {license.product}</Text>
    </Group>
  );
}

function Tabs({ license }: { readonly license: License }) {
  const { side } = useSession();
  const isVendor = side === "vendor";
  // A license of a user-based product has no key.
  const isOfUsers = license.key === null;
  return (
    <UrlTabs
      label="License"
      tabs={[
        { value: "overview", label: "Overview", render: () => <OverviewTab license={license} /> },
        { value: "seats", label: "Seats", render: () => <SeatsTab license={license} /> },
        { value: "features", label: "Features", render: () => <FeaturesTab license={license} /> },
        ...(isVendor ? [{ value: "devices", label: "Devices", render: () => <DevicesTab license={license} /> }] : []),
        ...(isVendor && isOfUsers
          ? [{ value: "users", label: "Users", render: () => <UsersTab license={license} /> }]
          : []),
        { value: "history", label: "History", render: () => <HistoryTab license={license.id} /> },
      ]}
    />
  );
}
