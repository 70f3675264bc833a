import { Group, Modal, Stack, Title } from "@mantine/core";
import type { ParamsOf, ReplyOf } from "../../api/operation.ts";
import { useReply } from "../../api/queries.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { KeyValues } from "../../parts/key-values.tsx";
import { labelOf } from "../../parts/labels.ts";
import { FullTime } from "../../parts/times.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";

/** All that is known of a device. */
export function DeviceDialog({ params, onClose }: { readonly params: ParamsOf<"device show">; onClose(): void }) {
  const query = useReply("device show", { params });
  return (
    <Modal opened onClose={onClose} title="Device" size="lg">
      <Stack>
        <WhenLoaded query={query}>{({ reply }) => <Details device={reply} />}</WhenLoaded>
        <Group>
          <CommandHint operation="device show" given={{ params }} />
        </Group>
      </Stack>
    </Modal>
  );
}

function Details({ device }: { readonly device: ReplyOf<"device show"> }) {
  const { hardware_id, activated_at, seen_at, user_id, variables } = device;
  const info = Object.entries((device.info ?? {}) as Readonly<Record<string, unknown>>);
  return (
    <>
      <KeyValues
        rows={[
          ["Hardware id", hardware_id],
          ["Activated", <FullTime key="at" iso={activated_at} />],
          ["Last seen", <FullTime key="seen" iso={seen_at} />],
          ["License user", user_id === null ? undefined : `User ${user_id}`],
          ...info.map(([name, value]) => [labelOf(name), asText(value)] as const),
        ]}
      />
      <Title order={2} size="h5">
        Variables
      </Title>
      {variables.length === 0 ? "It has none." : <KeyValues rows={variables.map(({ name, value }) => [name, value])} />}
    </>
  );
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
