import { Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import { useAll } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { poolName } from "../../parts/seat-names.ts";
import { FromNow, inFull, useNow } from "../../parts/times.tsx";

type Hold = ItemOf<"hold list">;

/** Somebody may have made one by a command. */
const EVERY_MS = 30_000;

/** Who cannot take which seat for a while. */
export function Holds() {
  const list = useAll("hold list", { query: { order: "until" } }, { everyMs: EVERY_MS });
  const [ending, setEnding] = useState<Hold>();
  const now = useNow();
  // They end by themselves.
  const holds = list.data?.filter(({ until }) => Date.parse(until) > now) ?? [];
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        Holds
      </Title>
      {list.isError && <ProblemAlert error={list.error} />}
      {holds.length > 0 ? (
        <DataTable label="Holds" rows={holds} columns={columnsOf(setEnding)} rowKey={({ id }) => id} />
      ) : (
        <Text c="dimmed" size="sm">
          Nobody is held from a seat. Whoever releases a seat can hold it from its holder for a while.
        </Text>
      )}
      <ConfirmDialog
        isOpen={ending !== undefined}
        title={`End the hold on ${ending?.holder ?? ""}`}
        verb="End the hold"
        operation="hold delete"
        given={{ params: { hold: ending?.id ?? 0 } }}
        done="The hold has ended"
        onClose={() => setEnding(undefined)}
      >
        <Text size="sm">
          {ending?.holder} can take a seat of this pool again at once. The hold would have ended by itself{" "}
          {ending !== undefined && `on ${inFull(ending.until)}`}.
        </Text>
      </ConfirmDialog>
    </Stack>
  );
}

function columnsOf(end: (hold: Hold) => void): readonly Column<Hold>[] {
  return [
    { label: "Holder", width: 150, render: ({ holder }) => holder },
    { label: "Cannot take", width: 150, render: ({ feature }) => poolName(feature) },
    {
      label: "Of",
      width: 150,
      render: ({ product, license }) => `${product ?? "a product that is gone"}, license ${license}`,
    },
    { label: "Until", width: 120, render: ({ until }) => <FromNow iso={until} /> },
    { label: "Reason", width: 200, render: ({ reason }) => reason ?? "–" },
    {
      label: "Action",
      width: 80,
      isPinned: true,
      render: (hold) => (
        <ActionButton
          operation="hold delete"
          label={`End the hold on ${hold.holder}`}
          size="compact-xs"
          variant="default"
          onClick={() => end(hold)}
        >
          End
        </ActionButton>
      ),
    },
  ];
}
