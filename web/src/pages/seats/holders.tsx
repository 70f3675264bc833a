import { Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Given } from "../../api/operation.ts";
import { useAll } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ExportMenu } from "../../parts/export-menu.tsx";
import { askedBy, FilterBar } from "../../parts/filter-bar.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { ReleaseDialog } from "../../parts/release-dialog.tsx";
import { seatName } from "../../parts/seat-names.ts";
import { useUrlState } from "../../parts/url-state.ts";
import { holderColumns, type Seat } from "./holder-columns.tsx";
import { filtersOf } from "./holder-filters.ts";
import { NoSeats } from "./no-seats.tsx";
import type { Pool } from "./pool-filter.ts";

/** Renewals are no change of a pool, and nobody tells of them. */
const RENEWALS_EVERY_MS = 10_000;

/** Who is in the seats of all pools, or of those that fit the address. */
export function Holders({ pools, isAsked }: { readonly pools: readonly Pool[]; readonly isAsked: boolean }) {
  const [state, change] = useUrlState();
  const [marked, setMarked] = useState<ReadonlySet<string | number>>(new Set());
  const [releasing, setReleasing] = useState<readonly Seat[]>();
  const filters = useMemo(() => filtersOf(pools, state), [pools, state]);
  const asked = askedBy(filters, state);
  const isFiltered = Object.keys(asked).length > 0;
  const order = state["order"] ?? "taken_at";
  const given: Given<"seat list"> = { query: { ...asked, order } };
  const list = useAll("seat list", given, { enabled: isAsked, everyMs: RENEWALS_EVERY_MS });
  const rows = list.data;
  // Seats that ended, or that no longer fit, are not released unseen.
  const selected = useMemo(() => rows?.filter(({ id }) => marked.has(id)) ?? [], [rows, marked]);
  const selectedIds = useMemo(() => new Set(selected.map(({ id }) => id)), [selected]);
  const columns = useMemo(() => holderColumns((seat) => setReleasing([seat])), []);
  const count = rows?.length ?? 0;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="baseline" gap="sm">
        <Title order={2} size="h4">
          Holders
        </Title>
        {rows !== undefined && (
          <Text size="sm" c="dimmed">
            {count.toLocaleString("en")} {count === 1 ? "seat" : "seats"} {isFiltered ? "fit the filters" : "in use"}
          </Text>
        )}
      </Group>
      {(count > 0 || isFiltered) && (
        <Group justify="space-between" align="flex-end" gap="sm">
          <FilterBar label="Holders" filters={filters} state={state} onChange={change} />
          <Group gap="xs">
            {isFiltered && (
              <ActionButton
                operation="seat bulk-release"
                size="xs"
                variant="default"
                disabled={count === 0 || list.isPlaceholderData}
                onClick={() => setReleasing(rows)}
              >
                {`Release all that fit (${count.toLocaleString("en")})`}
              </ActionButton>
            )}
            <ActionButton
              operation="seat bulk-release"
              size="xs"
              disabled={selected.length === 0}
              onClick={() => setReleasing(selected)}
            >
              {selected.length === 0
                ? "Release selected"
                : `Release selected (${selected.length.toLocaleString("en")})`}
            </ActionButton>
            <ExportMenu operation="seat list" given={given} />
            <CommandHint operation="seat list" given={given} />
          </Group>
        </Group>
      )}
      {list.isError && <ProblemAlert error={list.error} />}
      {rows === undefined && !list.isError && <Skeleton h={220} aria-label="Loading" />}
      {rows !== undefined && count === 0 && (isFiltered ? <NothingFits /> : <NoSeats pools={pools} />)}
      {rows !== undefined && count > 0 && (
        <DataTable
          label="Holders"
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          rowName={seatName}
          order={order}
          onOrder={(next) => change({ order: next })}
          selected={selectedIds}
          onSelect={setMarked}
        />
      )}
      {releasing !== undefined && (
        <ReleaseDialog seats={releasing} onClose={() => setReleasing(undefined)} onDone={() => setMarked(new Set())} />
      )}
    </Stack>
  );
}

function NothingFits() {
  return <EmptyState title="No seat in use fits these filters">Clear or change a filter to see more.</EmptyState>;
}
