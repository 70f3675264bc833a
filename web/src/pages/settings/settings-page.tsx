import { Paper, Title } from "@mantine/core";
import { useWhyNot } from "../../app/session.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Page } from "../../parts/page.tsx";
import { ServerStatus } from "./server-status.tsx";
import { SettingsInForce } from "./settings-in-force.tsx";

export function SettingsPage() {
  const whyNot = useWhyNot("setting list");
  return (
    <Page title="Settings" about="What this server is, and by what settings it runs.">
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="sm">
          Server
        </Title>
        <ServerStatus />
      </Paper>
      {whyNot === undefined ? (
        <SettingsInForce />
      ) : (
        <EmptyState title="The settings are for admins">Seeing them {whyNot}.</EmptyState>
      )}
    </Page>
  );
}
