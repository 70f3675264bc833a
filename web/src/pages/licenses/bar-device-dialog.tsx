import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useChange } from "../../api/queries.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { told } from "../../parts/told.ts";

/** Bars a device that the license may never have seen. */
export function BarDeviceDialog({ license, onClose }: { readonly license: number; onClose(): void }) {
  const [device, setDevice] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const change = useChange("device blacklist");
  const params = { license, device };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (device.trim() === "") return setIsMissing(true);
    change.mutate(
      { params },
      {
        onSuccess: () => {
          told("The device is blacklisted");
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title="Blacklist a device">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">Everything it asks about this license is refused. It need not have been seen yet.</Text>
          <TextInput
            label="Hardware id"
            required
            data-autofocus
            maxLength={510}
            value={device}
            error={isMissing && device.trim() === "" ? "This is needed" : undefined}
            onChange={({ currentTarget }) => setDevice(currentTarget.value)}
          />
          {change.isError && <ProblemAlert error={change.error} />}
          <Group justify="space-between">
            <CommandHint operation="device blacklist" given={{ params }} />
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" color="red" loading={change.isPending}>
                Blacklist
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
