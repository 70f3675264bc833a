import { Group, Stack } from "@mantine/core";
import { useState } from "react";
import { ActionButton } from "../../parts/action-button.tsx";
import { ActionMenu } from "../../parts/action-menu.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type Filter, YES_NO } from "../../parts/filter-bar.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";
import { BarDeviceDialog } from "./bar-device-dialog.tsx";
import { type Device, type DeviceAct, DeviceDialogs } from "./device-dialogs.tsx";
import type { License } from "./license-state.tsx";

const filters: readonly Filter[] = [
  { kind: "contains", field: "hardware_id", label: "Hardware id" },
  { kind: "choice", field: "is_active", label: "Active", choices: YES_NO },
  { kind: "choice", field: "is_blacklisted", label: "Blacklisted", choices: YES_NO },
];

/** The devices that a license is or was on, floating servers among them. */
export function DevicesTab({ license }: { readonly license: License }) {
  const [opened, setOpened] = useState<DeviceAct>();
  const [isBarring, setIsBarring] = useState(false);
  const actions: Column<Device> = {
    label: "Actions",
    isPinned: true,
    width: 110,
    render: (device) => <DeviceMenu device={device} open={(act) => setOpened({ act, device })} />,
  };
  return (
    <Stack gap="sm">
      <Group justify="flex-end">
        <ActionButton operation="device blacklist" variant="default" size="xs" onClick={() => setIsBarring(true)}>
          Blacklist a device
        </ActionButton>
      </Group>
      <ListView
        operation="device list"
        label="Devices"
        params={{ license: license.id }}
        columns={[...columns, actions]}
        filters={filters}
        order="-activated_at"
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No device has activated it yet">
            An application activates a license by its key. A floating server does so by a request file: answer it on the
            page Offline portal.
          </EmptyState>
        }
      />
      {opened !== undefined && <DeviceDialogs license={license} opened={opened} onClose={() => setOpened(undefined)} />}
      {isBarring && <BarDeviceDialog license={license.id} onClose={() => setIsBarring(false)} />}
    </Stack>
  );
}

const columns: readonly Column<Device>[] = [
  {
    field: "hardware_id",
    label: "Hardware id",
    render: ({ hardware_id }) => <span title={hardware_id}>{hardware_id}</span>,
  },
  { label: "State", width: 190, render: (device) => <DeviceState device={device} /> },
  { label: "Host", width: 150, render: ({ info }) => textOf(info, "hostname") },
  {
    field: "activated_at",
    label: "Activated",
    width: 140,
    render: ({ activated_at }) => <FromNow iso={activated_at} />,
  },
  { field: "seen_at", label: "Last seen", width: 140, render: ({ seen_at }) => <FromNow iso={seen_at} /> },
  { label: "Variables", width: 95, isNumber: true, render: ({ variables }) => variables.length },
];

function DeviceState({ device: { is_active, is_blacklisted } }: { readonly device: Device }) {
  return (
    <Group gap={4} wrap="nowrap">
      {is_active ? <StateBadge tone="good">Active</StateBadge> : <StateBadge tone="plain">Off</StateBadge>}
      {is_blacklisted && <StateBadge tone="bad">Blacklisted</StateBadge>}
    </Group>
  );
}

function DeviceMenu({ device, open }: { readonly device: Device; open(act: DeviceAct["act"]): void }) {
  const { hardware_id, is_active, is_blacklisted } = device;
  const ifActive = is_active ? undefined : "it is not active on this license";
  return (
    <ActionMenu
      label={`Actions for ${hardware_id}`}
      actions={[
        { label: "Details and variables", operation: "device show", onClick: () => open("show") },
        {
          label: "Set variables",
          operation: "device set-variables",
          onClick: () => open("variables"),
          whyNot: ifActive,
        },
        is_blacklisted
          ? { label: "Admit", operation: "device admit", onClick: () => open("admit") }
          : { label: "Blacklist", operation: "device blacklist", onClick: () => open("blacklist"), isDanger: true },
        {
          label: "Deactivate",
          operation: "device deactivate",
          onClick: () => open("deactivate"),
          isDanger: true,
          whyNot: ifActive,
        },
      ]}
    />
  );
}

function textOf(info: unknown, name: string): string {
  const value = (info as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof value === "string" ? value : "";
}
