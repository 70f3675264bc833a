import { Group, Text } from "@mantine/core";
import { useReply } from "../../api/queries.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { CopyButton } from "../../parts/copy-text.tsx";
import { KeyValues } from "../../parts/key-values.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow, FullTime } from "../../parts/times.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";

const EVERY_MS = 15_000;

/** What the server is, and how it does. */
export function ServerStatus() {
  const query = useReply("server show", {}, { everyMs: EVERY_MS });
  return (
    <WhenLoaded query={query}>
      {({ reply }) => (
        <>
          <KeyValues
            rows={[
              ["Side", reply.side === "vendor" ? "vendor's server" : "floating server"],
              ["Version", reply.version],
              [
                "Started",
                <span key="started">
                  <FromNow iso={reply.started_at} /> (<FullTime iso={reply.started_at} />)
                </span>,
              ],
              ["Data", <Store key="store" isWritable={reply.is_store_writable} />],
              ["Licenses", reply.licenses],
              ["Seats in use", reply.seats_in_use],
              [
                "Hardware id",
                reply.hardware_id === null ? undefined : (
                  <Group key="hardware" gap="xs">
                    <code>{reply.hardware_id}</code>
                    <CopyButton text={reply.hardware_id} label="Copy hardware id" />
                    <Text size="xs" c="dimmed" w="100%">
                      License files are bound to it: your vendor asks for it.
                    </Text>
                  </Group>
                ),
              ],
            ]}
          />
          <Group justify="flex-end">
            <CommandHint operation="server show" />
          </Group>
        </>
      )}
    </WhenLoaded>
  );
}

function Store({ isWritable }: { readonly isWritable: boolean }) {
  if (isWritable) return <StateBadge tone="good">can be written</StateBadge>;
  return (
    <>
      <StateBadge tone="bad">cannot be written</StateBadge>
      <Text size="sm">Nothing can be changed now, and no seat taken. Is the disk full, or the folder read-only?</Text>
    </>
  );
}
