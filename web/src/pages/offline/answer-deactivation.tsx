import { Alert, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { ActionButton } from "../../parts/action-button.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { LicenseLink } from "../../parts/license-link.tsx";
import type { InspectedRequest } from "./request-shown.tsx";

/** Takes the device that gave its license back off that license. */
export function AnswerDeactivation({ request, file }: { readonly request: InspectedRequest; readonly file: string }) {
  const { hardware_id: hardwareId, license, is_answered: isAnswered, is_device_known: isKnown } = request;
  const [isAsking, asking] = useDisclosure();
  const [isDone, setIsDone] = useState(false);
  if (isDone && license !== null) {
    return (
      <Alert color="green" title="The device is off the license" role="status">
        <Text size="sm">
          {hardwareId} is not active on <LicenseLink id={license} /> any more, and its activation is free for another
          device. Nothing has to be sent back.
        </Text>
      </Alert>
    );
  }
  if (isAnswered) {
    return (
      <Alert color="orange" title="This was done before">
        <Text size="sm">A deactivation counts once. The device was taken off when the file was first used.</Text>
      </Alert>
    );
  }
  if (license === null || !isKnown) {
    return (
      <Alert color="orange" title="There is nothing to deactivate">
        <Text size="sm">
          {license === null
            ? "No license has this key or user: it may have been deleted since."
            : "The device was never active on this license."}
        </Text>
      </Alert>
    );
  }
  return (
    <Stack gap="sm">
      <Text size="sm">
        The floating server stopped using the license when it wrote this file. Here the device still counts as active.
      </Text>
      <Group gap="xs">
        <ActionButton operation="request deactivate" color="red" onClick={asking.open}>
          Deactivate device
        </ActionButton>
        <CommandHint operation="request deactivate" given={{ body: { file } }} />
      </Group>
      <ConfirmDialog
        isOpen={isAsking}
        title="Deactivate device"
        verb="Deactivate device"
        operation="request deactivate"
        given={{ body: { file } }}
        done="The device is off the license"
        onClose={asking.close}
        onDone={() => setIsDone(true)}
      >
        <Text size="sm">
          What the file reports as consumed is counted first. Then <strong>{hardwareId}</strong> is taken off the
          license, and its activation is free for another device. To use the license there again, the customer needs a
          new activation request.
        </Text>
      </ConfirmDialog>
    </Stack>
  );
}
