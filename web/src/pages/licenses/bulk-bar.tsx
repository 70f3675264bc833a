import { Button, Group, Paper, Text } from "@mantine/core";
import { useState } from "react";
import { ActionButton } from "../../parts/action-button.tsx";
import { type BulkAction, BulkDialog } from "./bulk-dialog.tsx";

type Selected = ReadonlySet<string | number>;

const ACTIONS: readonly (readonly [BulkAction, string])[] = [
  ["enable", "Enable"],
  ["disable", "Disable"],
  ["reset", "Reset"],
  ["delete", "Delete"],
];

/** What can be done to the licenses that are selected. */
export function BulkBar({ selected, onSelect }: { readonly selected: Selected; onSelect(selected: Selected): void }) {
  const [action, setAction] = useState<BulkAction>();
  // A dialog that tells its result stays when nothing is selected any more.
  if (selected.size === 0 && action === undefined) return null;
  return (
    <>
      <Paper withBorder p="xs" role="group" aria-label="Selected licenses">
        <Group gap="xs">
          <Text size="sm" fw={600} aria-live="polite">
            {selected.size} selected
          </Text>
          {ACTIONS.map(([each, label]) => (
            <ActionButton
              key={each}
              operation="license bulk"
              size="compact-sm"
              variant="default"
              onClick={() => setAction(each)}
            >
              {label}
            </ActionButton>
          ))}
          <Button variant="subtle" size="compact-sm" onClick={() => onSelect(new Set())}>
            Select none
          </Button>
        </Group>
      </Paper>
      {action !== undefined && (
        <BulkDialog
          action={action}
          ids={[...selected].map(Number)}
          onDone={(failed) => onSelect(new Set(failed))}
          onClose={() => setAction(undefined)}
        />
      )}
    </>
  );
}
