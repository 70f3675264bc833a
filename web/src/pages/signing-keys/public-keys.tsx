import { Button, Group } from "@mantine/core";
import { addressOf } from "../../api/call.ts";
import { useReply } from "../../api/queries.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { CopyButton } from "../../parts/copy-text.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";

/** The file that floating servers verify with. */
export function PublicKeys() {
  const query = useReply("signing-key export");
  return (
    <WhenLoaded query={query}>
      {({ reply }) => (
        <Group gap="xs">
          <Button component="a" href={addressOf("signing-key export", {})} download="vendor.pem" variant="default">
            Download vendor.pem
          </Button>
          <CopyButton text={reply} label="Copy the public keys" />
          <CommandHint operation="signing-key export" />
        </Group>
      )}
    </WhenLoaded>
  );
}
