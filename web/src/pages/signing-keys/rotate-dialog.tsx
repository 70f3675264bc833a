import { List, Text } from "@mantine/core";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";

/** Tells what a rotation breaks, and for whom, before it is done. */
export function RotateDialog({ onClose }: { onClose(): void }) {
  return (
    <ConfirmDialog
      isOpen
      title="Sign with a new key from now on?"
      verb="Rotate"
      operation="signing-key rotate"
      given={{}}
      done="A new key signs now; bring its public half to your customers"
      onClose={onClose}
    >
      <Text size="sm">A new key pair is made, and signs every reply and every license file at once.</Text>
      <List size="sm" spacing={4}>
        <List.Item>What is signed already stays valid: the key before stays published until you retire it.</List.Item>
        <List.Item>
          A floating server takes new license files only once it has the new public key. Send your customers the new
          file, and have them restart with it.
        </List.Item>
        <List.Item>
          An application in which the public key is built in refuses replies until it has the new one. One that reads
          the published keys goes on by itself.
        </List.Item>
      </List>
      <Text size="sm">There is no way back to the key before.</Text>
    </ConfirmDialog>
  );
}
