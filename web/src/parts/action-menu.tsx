import { Button, Menu, Text } from "@mantine/core";
import type { OperationName } from "../api/operation.ts";
import { useWhyNot } from "../app/session.tsx";

/** One thing that can be done. */
export interface Action {
  readonly label: string;
  readonly operation: OperationName;
  onClick(): void;
  /** It takes something away. */
  readonly isDanger?: boolean;
  /** Why it cannot be done to this one now. */
  readonly whyNot?: string | undefined;
}

/** What can be done to one of many; what cannot says why. */
export function ActionMenu({
  label,
  button = "Actions",
  size = "compact-xs",
  actions,
}: {
  /** What it does things to, for those who do not see where it stands. */
  readonly label: string;
  readonly button?: string;
  readonly size?: string;
  readonly actions: readonly Action[];
}) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size={size} aria-label={label}>
          {button}
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

function ActionItem({ label, operation, onClick, isDanger = false, whyNot }: Action) {
  const forbidden = useWhyNot(operation);
  const reason = forbidden ?? whyNot;
  if (reason === undefined) {
    return (
      <Menu.Item onClick={onClick}>
        <Text size="sm" {...(isDanger && { c: "red" })}>
          {label}
        </Text>
      </Menu.Item>
    );
  }
  return (
    <Menu.Item aria-disabled closeMenuOnClick={false} style={{ cursor: "default" }}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xs" c="dimmed">
        {reason}
      </Text>
    </Menu.Item>
  );
}
