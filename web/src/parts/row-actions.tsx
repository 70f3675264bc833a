import { Button, Menu, Text } from "@mantine/core";
import type { OperationName } from "../api/operation.ts";
import { useWhyNot } from "../app/session.tsx";

interface RowAction {
  readonly label: string;
  /** What it leads to: who may not do that sees why. */
  readonly operation: OperationName;
  /** Takes something away. */
  readonly isDangerous?: boolean;
  onClick(): void;
}

/** What can be done with one row of a table. */
export function RowActions({
  name,
  actions,
}: {
  /** Of the row's thing, for those who do not see where the button stands. */
  readonly name: string;
  readonly actions: readonly RowAction[];
}) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" aria-label={`Actions for ${name}`}>
          ⋯
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <ActionItem key={action.label} {...action} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ActionItem({ label, operation, isDangerous = false, onClick }: RowAction) {
  const whyNot = useWhyNot(operation);
  return (
    <Menu.Item
      onClick={onClick}
      disabled={whyNot !== undefined}
      {...(isDangerous && { color: "var(--mantine-color-error)" })}
    >
      {label}
      {whyNot !== undefined && <Text size="xs">{whyNot}</Text>}
    </Menu.Item>
  );
}
