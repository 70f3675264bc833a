import { Button, Menu } from "@mantine/core";
import { addressOf } from "../api/call.ts";
import type { Given, ListName } from "../api/operation.ts";

/** Everything that fits the filter as a file, streamed by the server. */
export function ExportMenu<Name extends ListName>({
  operation,
  given,
}: {
  readonly operation: Name;
  readonly given: Given<Name>;
}) {
  const hrefOf = (format: string) =>
    addressOf(operation, { ...given, query: { ...given.query, format, cursor: undefined } } as Given<Name>);
  const [noun] = operation.split(" ");
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size="xs">
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {["csv", "json"].map((format) => (
          <Menu.Item key={format} component="a" href={hrefOf(format)} download={`${noun}s.${format}`}>
            {format.toUpperCase()} of everything that fits
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
