import { Group, Skeleton, Stack, Text } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import type { Given, ItemOf, ListName, QueryOf } from "../api/operation.ts";
import { usePages } from "../api/queries.ts";
import { CommandHint } from "./command-hint.tsx";
import { type Column, DataTable } from "./data-table.tsx";
import { EmptyState } from "./empty-state.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { askedBy, type Filter, FilterBar } from "./filter-bar.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { useUrlState } from "./url-state.ts";

interface ListViewProps<Name extends ListName> {
  readonly operation: Name;
  /** What the table shows, for those who do not see it. */
  readonly label: string;
  readonly params?: Given<Name>["params"];
  /** What has to fit in any case. */
  readonly query?: QueryOf<Name>;
  readonly columns: readonly Column<ItemOf<Name>>[];
  readonly filters?: readonly Filter[];
  readonly rowKey: (item: ItemOf<Name>) => string | number;
  /** Unless the reader orders otherwise. */
  readonly order?: string;
  /** Where there is nothing at all: what to do. */
  readonly empty: ReactNode;
  readonly selection?: {
    readonly selected: ReadonlySet<string | number>;
    onSelect(selected: ReadonlySet<string | number>): void;
    rowName(item: ItemOf<Name>): string;
  };
  /** Before its parameters in the address, where a page has several lists. */
  readonly prefix?: string;
  /** Asks anew so often, in milliseconds. */
  readonly everyMs?: number;
}

/** A list of the server: filtered and ordered by the address, page after page, and its exports. */
export function ListView<Name extends ListName>(props: ListViewProps<Name>) {
  const {
    operation,
    label,
    params,
    query,
    columns,
    filters = [],
    rowKey,
    order,
    empty,
    selection,
    prefix,
    everyMs,
  } = props;
  const [state, change] = useUrlState(prefix);
  const asked = askedBy(filters, state);
  const isFiltered = Object.keys(asked).length > 0;
  const inOrder = state["order"] ?? order;
  const given = {
    params,
    query: { ...query, ...asked, ...(inOrder !== undefined && { order: inOrder }) },
  } as Given<Name>;
  const pages = usePages(operation, given, { ...(everyMs !== undefined && { everyMs }) });
  const rows = useMemo(() => pages.data?.pages.flatMap(({ data }) => data) ?? [], [pages.data]);
  const count = pages.data?.pages[0]?.count;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const isFirstLoad = pages.isPending;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end" gap="sm">
        {filters.length > 0 && (
          <FilterBar label={`Filters of ${label}`} filters={filters} state={state} onChange={change} />
        )}
        <Group gap="xs" ml="auto">
          {count !== undefined && (
            <Text size="sm" c="dimmed" aria-live="polite">
              {count} in all
            </Text>
          )}
          <ExportMenu operation={operation} given={given} />
          <CommandHint operation={operation} given={given} />
        </Group>
      </Group>
      {pages.isError && <ProblemAlert error={pages.error} />}
      {isFirstLoad && !pages.isError && <Skeleton h={220} aria-label="Loading" />}
      {pages.data !== undefined && rows.length === 0 && (isFiltered ? <NothingFits /> : empty)}
      {rows.length > 0 && (
        <DataTable
          label={label}
          rows={rows}
          columns={columns}
          rowKey={rowKey}
          order={inOrder}
          onOrder={(next) => change({ order: next })}
          {...selection}
          onEndNear={hasNextPage && !isFetchingNextPage ? fetchNextPage : undefined}
        />
      )}
    </Stack>
  );
}

function NothingFits() {
  return <EmptyState title="Nothing fits these filters">Clear or change a filter to see more.</EmptyState>;
}
