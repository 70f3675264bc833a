import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { OperationName } from "../api/operation.ts";
import { useWhyNot } from "../app/session.tsx";

interface ActionButtonProps extends ButtonProps {
  /** What it leads to: who may not do that sees why. */
  readonly operation: OperationName;
  /** Its name, where what is on it does not tell of what. */
  readonly label?: string;
  onClick(): void;
}

/** A button for what not everybody may do. */
export function ActionButton({ operation, label, onClick, children, ...rest }: ActionButtonProps) {
  const whyNot = useWhyNot(operation);
  if (whyNot === undefined) {
    return (
      <Button onClick={onClick} aria-label={label} {...rest}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={whyNot} events={{ hover: true, focus: true, touch: true }}>
      <Button
        aria-label={label}
        {...rest}
        disabled={false}
        data-disabled
        aria-disabled
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
