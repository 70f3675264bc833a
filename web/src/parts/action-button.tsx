import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { OperationName } from "../api/operation.ts";
import { useWhyNot } from "../app/session.tsx";

interface ActionButtonProps extends ButtonProps {
  /** What it leads to: who may not do that sees why. */
  readonly operation: OperationName;
  onClick(): void;
}

/** A button for what not everybody may do. */
export function ActionButton({ operation, onClick, children, ...rest }: ActionButtonProps) {
  const whyNot = useWhyNot(operation);
  if (whyNot === undefined) {
    return (
      <Button onClick={onClick} {...rest}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={whyNot} events={{ hover: true, focus: true, touch: true }}>
      <Button {...rest} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
