import { Group, Stack, Text, Title } from "@mantine/core";
import { useReply } from "../../api/queries.ts";
import { useSession } from "../../app/session.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { ExportMenu } from "../../parts/export-menu.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import { HowToSet } from "./how-to-set.tsx";
import { isForOther } from "./setting-groups.ts";
import { SettingsTable } from "./settings-table.tsx";

const given = { query: { limit: "500" } };

/** The settings, those that do something here first. */
export function SettingsInForce() {
  const { side } = useSession();
  const query = useReply("setting list", given);
  const other = side === "vendor" ? "floating server" : "vendor's server";
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          Settings in force
        </Title>
        <Group gap="xs">
          <ExportMenu operation="setting list" given={{}} />
          <CommandHint operation="setting list" />
        </Group>
      </Group>
      <HowToSet />
      <WhenLoaded query={query}>
        {({ reply: { data } }) => (
          <>
            <SettingsTable label="Settings in force" settings={data.filter(({ name }) => !isForOther(name, side))} />
            <Title order={2} size="h4">
              Of no effect here
            </Title>
            <Text size="sm" c="dimmed">
              Settings of a {other} or of the demo, which one file may hold too.
            </Text>
            <SettingsTable label="Of no effect here" settings={data.filter(({ name }) => isForOther(name, side))} />
          </>
        )}
      </WhenLoaded>
    </Stack>
  );
}
