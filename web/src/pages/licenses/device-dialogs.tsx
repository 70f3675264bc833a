import { Text } from "@mantine/core";
import type { ItemOf } from "../../api/operation.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { DeviceDialog } from "./device-dialog.tsx";
import type { License } from "./license-state.tsx";
import { VariablesDialog } from "./variables-dialog.tsx";

export type Device = ItemOf<"device list">;

/** What is about to be done to a device. */
export interface DeviceAct {
  readonly act: "show" | "variables" | "blacklist" | "admit" | "deactivate";
  readonly device: Device;
}

const ASKED = {
  blacklist: {
    verb: "Blacklist",
    done: "The device is blacklisted",
    text: "Everything it asks about this license is refused from now on, and its cloud seats end at once. It stays activated, and counts as a device of the license. A floating server goes on with what it has imported, but gets no more files.",
  },
  admit: {
    verb: "Admit",
    done: "The device is admitted",
    text: "It may use this license again.",
  },
  deactivate: {
    verb: "Deactivate",
    done: "The device is deactivated",
    text: "It is taken off this license, its cloud seats end at once, and another device may take its place. It may activate the license again; blacklist it to prevent that. A floating server is not told: it goes on with what it has imported.",
  },
} as const;

export function DeviceDialogs({
  license,
  opened: { act, device },
  onClose,
}: {
  readonly license: License;
  readonly opened: DeviceAct;
  onClose(): void;
}) {
  const params = { license: license.id, device: device.hardware_id };
  if (act === "show") return <DeviceDialog params={params} onClose={onClose} />;
  if (act === "variables") return <VariablesDialog params={params} onClose={onClose} />;
  const { verb, done, text } = ASKED[act];
  return (
    <ConfirmDialog
      isOpen
      title={`${verb} this device?`}
      verb={verb}
      operation={`device ${act}`}
      given={{ params }}
      done={done}
      onClose={onClose}
    >
      <Text size="sm" fw={600}>
        {device.hardware_id}
      </Text>
      <Text size="sm">{text}</Text>
    </ConfirmDialog>
  );
}
