import { Button, Popover, Stack, Text } from "@mantine/core";
import { asCli, asCurl } from "../api/as-command.ts";
import type { Given, OperationName } from "../api/operation.ts";
import { CopyText } from "./copy-text.tsx";

/** How an action of a page is done in a terminal. */
export function CommandHint<Name extends OperationName>({
  operation,
  given = {},
}: {
  readonly operation: Name;
  readonly given?: Given<Name>;
}) {
  return (
    <Popover width={480} position="bottom-end" withArrow shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-sm">
          As command
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        maw="95vw"
        aria-label="As command"
        // Esc closes this, and not the dialog around it too.
        onFocusCapture={({ target }) => target.setAttribute("data-mantine-stop-propagation", "true")}
      >
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            Command line
          </Text>
          <CopyText text={asCli(operation, given)} label="command line" />
          <Text size="sm" fw={600}>
            curl
          </Text>
          <CopyText text={asCurl(operation, given)} label="curl command" />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
