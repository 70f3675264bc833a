import { List, Text } from "@mantine/core";
import type { ItemOf } from "../../api/operation.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";

/** Tells what retiring does, and what it cannot do. */
export function RetireDialog({
  signingKey: { id },
  onClose,
}: {
  readonly signingKey: ItemOf<"signing-key list">;
  onClose(): void;
}) {
  return (
    <ConfirmDialog
      isOpen
      title={`Retire key ${id}?`}
      verb="Retire"
      operation="signing-key retire"
      given={{ params: { key: id } }}
      done={`Key ${id} is retired`}
      onClose={onClose}
    >
      <Text size="sm">Do this once everybody who verifies knows the newer key.</Text>
      <List size="sm" spacing={4}>
        <List.Item>Applications that read the published keys stop trusting what this key signed.</List.Item>
        <List.Item>
          The public file leaves it out, so that new floating servers refuse license files it signed.
        </List.Item>
        <List.Item>
          It takes nothing back: a floating server that has the key in its file goes on trusting it, until its admin
          puts the new file there.
        </List.Item>
      </List>
      <Text size="sm">A retired key cannot be published again.</Text>
    </ConfirmDialog>
  );
}
