import { Alert, Modal, Stack, Text } from "@mantine/core";
import { CopyText } from "./copy-text.tsx";

/** A secret that the server shows this once. */
export function SecretOnce({
  title,
  secrets,
  onClose,
}: {
  readonly title: string;
  /** Undefined shows nothing. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
  onClose(): void;
}) {
  return (
    <Modal opened={secrets !== undefined} onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      <Stack>
        <Alert color="orange" title="Shown this once">
          Copy it now and keep it like a password. The server cannot show it again; it can only make a new one.
        </Alert>
        {Object.entries(secrets ?? {}).map(([label, text]) => (
          <div key={label}>
            <Text size="sm" fw={600}>
              {label}
            </Text>
            <CopyText text={text} label={label} />
          </div>
        ))}
      </Stack>
    </Modal>
  );
}
