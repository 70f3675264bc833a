import { Anchor, Kbd, Modal, Stack, Table, Text } from "@mantine/core";

const KEYS = [
  ["⌘ K or Ctrl K", "Go to a page, a product or a license"],
  ["?", "This help"],
  ["Tab, Shift Tab", "Next, previous"],
  ["Enter, Space", "Open, press, tick"],
  ["Esc", "Close a dialog without doing anything"],
] as const;

const WORDS = [
  ["Seat", "One of the N that may use a feature, or a license, at once."],
  ["Pool", "The seats of one license, or of one feature of it."],
  ["Holder", "The user or the device that is in a seat."],
  ["Check out, release", "Take a seat; give it back. A seat that is not renewed ends by itself after its timeout."],
  ["Borrow", "Keep a seat for a longer time without renewing it, to work offline."],
  ["Denial", "A check-out that was refused because no seat was left. Tries within 5 minutes count as one."],
] as const;

/** Keys and words, on every page. */
export function HelpDialog({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Help" size="lg">
      <Stack>
        <Table aria-label="Keys">
          <Table.Tbody>
            {KEYS.map(([key, about]) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <Kbd>{key}</Kbd>
                </Table.Td>
                <Table.Td>{about}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Table aria-label="Words">
          <Table.Tbody>
            {WORDS.map(([word, about]) => (
              <Table.Tr key={word}>
                <Table.Th>{word}</Table.Th>
                <Table.Td>{about}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="sm">
          Every action shows how it is done by the command line and by curl, under <em>As command</em>. Errors are
          explained on{" "}
          <Anchor href="/manage/errors" target="_blank" underline="always">
            this server's page of errors
          </Anchor>
          , the API on{" "}
          <Anchor href="/manage/docs" target="_blank" underline="always">
            its reference page
          </Anchor>
          . Nothing on these pages comes from another host.
        </Text>
      </Stack>
    </Modal>
  );
}
