import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import type { OperationName } from "../api/operation.ts";
import { ActionButton } from "./action-button.tsx";

/** What can be done with one row of a table. */
export function RowActions({ children }: { readonly children: ReactNode }) {
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      {children}
    </Group>
  );
}

/** @param of what the row is called: the verb alone is the same on all rows */
export function RowAction({
  verb,
  of,
  operation,
  takesAway = false,
  onClick,
}: {
  readonly verb: string;
  readonly of: string;
  readonly operation: OperationName;
  readonly takesAway?: boolean;
  onClick(): void;
}) {
  return (
    <ActionButton
      operation={operation}
      variant="subtle"
      size="compact-sm"
      aria-label={`${verb} ${of}`}
      onClick={onClick}
      {...(takesAway && { color: "red" })}
    >
      {verb}
    </ActionButton>
  );
}
