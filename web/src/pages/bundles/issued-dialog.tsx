import { Anchor, List, Modal, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { BundleIssueReply } from "../../../../schemas/management.d.ts";
import { CopyText } from "../../parts/copy-text.tsx";

/** The licenses that were just issued with a bundle. */
export function IssuedDialog({ issued, onClose }: { readonly issued: BundleIssueReply; onClose(): void }) {
  const { key, licenses } = issued;
  return (
    <Modal opened onClose={onClose} title="The licenses are issued">
      <Stack>
        {key === null ? (
          <Text>Their users can activate them now.</Text>
        ) : (
          <div>
            <Text size="sm" fw={600}>
              License key of all of them
            </Text>
            <CopyText text={key} label="license key" />
          </div>
        )}
        <List>
          {licenses.map(({ id, product }) => (
            <List.Item key={id}>
              <Anchor
                renderRoot={(props) => <Link to="/licenses/$license" params={{ license: String(id) }} {...props} />}
              >
                License {id} of {product}
              </Anchor>
            </List.Item>
          ))}
        </List>
      </Stack>
    </Modal>
  );
}
