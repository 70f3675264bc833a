import { Box, Checkbox, Group, Table, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactNode, useCallback, useEffect, useRef } from "react";
import { useSteadyRows } from "./use-steady-rows.ts";

export interface Column<Row> {
  /** Of the list's field, where it can be ordered by it. */
  readonly field?: string;
  readonly label: string;
  readonly render: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  /** Stays in sight at the right while the others scroll. */
  readonly isPinned?: boolean;
  /** In pixels; columns without share what is left. */
  readonly width?: number;
}

interface DataTableProps<Row> {
  /** What the table shows, for those who do not see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string | number;
  /** A field, with - before it the other way round. */
  readonly order?: string | undefined;
  readonly onOrder?: (order: string) => void;
  readonly selected?: ReadonlySet<string | number>;
  readonly onSelect?: (selected: ReadonlySet<string | number>) => void;
  /** What a row is called, where rows can be selected. */
  readonly rowName?: (row: Row) => string;
  /** Asked for more when the last rows come into sight. */
  readonly onEndNear?: (() => void) | undefined;
}

const ROW_HEIGHT = 44;
/** A table of fewer rows is as high as they are. */
const MOST_HEIGHT = "min(70vh, 900px)";

/** A table that holds in the page only the rows in sight, so that thousands scroll as smoothly as ten. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, order, onOrder, selected, onSelect, rowName, onEndNear } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  useSteadyRows(scroller, rows, rowKey, ROW_HEIGHT, order);
  const inSight = virtual.getVirtualItems();
  const above = inSight[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (inSight.at(-1)?.end ?? 0);
  const isEndNear = (inSight.at(-1)?.index ?? -1) >= rows.length - 20;
  useEffect(() => {
    if (isEndNear) onEndNear?.();
  }, [isEndNear, onEndNear]);
  const width = columns.reduce((sum, column) => sum + (column.width ?? 140), onSelect === undefined ? 0 : 44);
  const isAll = selected !== undefined && rows.length > 0 && rows.every((row) => selected.has(rowKey(row)));
  // One function for all rows and renderings: a row is made anew only where something of it changed.
  const toggle = useRef<(key: string | number) => void>(() => {});
  toggle.current = (key) => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect?.(next);
  };
  const select = useCallback((key: string | number) => toggle.current(key), []);
  return (
    <Box
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={label}
      style={{
        overflow: "auto",
        // The rows out of sight are not there: a browser cannot tell what moved.
        overflowAnchor: "none",
        maxHeight: MOST_HEIGHT,
        border: "1px solid var(--mantine-color-default-border)",
        borderRadius: 8,
      }}
    >
      <Table
        stickyHeader
        highlightOnHover
        layout="fixed"
        miw={width}
        aria-rowcount={rows.length + 1}
        aria-label={label}
        verticalSpacing={0}
      >
        <Table.Thead>
          <Table.Tr>
            {onSelect !== undefined && (
              <Table.Th w={44}>
                <Checkbox
                  aria-label="Select all that are loaded"
                  checked={isAll}
                  indeterminate={!isAll && (selected?.size ?? 0) > 0}
                  onChange={() => onSelect(isAll ? new Set() : new Set(rows.map(rowKey)))}
                />
              </Table.Th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.label} column={column} order={order} onOrder={onOrder} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {above > 0 && <Filler height={above} />}
          {inSight.map(({ index }) => {
            const row = rows[index] as Row;
            const key = rowKey(row);
            return (
              <TableRow
                key={key}
                row={row}
                index={index}
                columns={columns}
                isSelected={selected?.has(key) ?? false}
                select={onSelect === undefined ? undefined : select}
                rowName={rowName}
                rowKey={rowKey}
              />
            );
          })}
          {below > 0 && <Filler height={below} />}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

interface TableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly isSelected: boolean;
  readonly select: ((key: string | number) => void) | undefined;
  readonly rowName: ((row: Row) => string) | undefined;
  readonly rowKey: (row: Row) => string | number;
}

const TableRow = memo(
  function TableRow<Row>({ row, index, columns, isSelected, select, rowName, rowKey }: TableRowProps<Row>) {
    const key = rowKey(row);
    return (
      <Table.Tr
        h={ROW_HEIGHT}
        aria-rowindex={index + 2}
        bg={isSelected ? "var(--mantine-color-seat-light)" : undefined}
      >
        {select !== undefined && (
          <Table.Td>
            <Checkbox
              aria-label={`Select ${rowName?.(row) ?? key}`}
              checked={isSelected}
              onChange={() => select(key)}
            />
          </Table.Td>
        )}
        {columns.map((column) => (
          <Cell key={column.label} column={column} row={row} isSelected={isSelected} />
        ))}
      </Table.Tr>
    );
  },
  (before, next) => sameBut(before, next, ["rowKey", "rowName"]),
) as <Row>(props: TableRowProps<Row>) => ReactNode;

/** What tells of a row its key and its name is written anew at each rendering, and says the same. */
function sameBut<Props extends object>(before: Props, next: Props, ignored: readonly (keyof Props)[]): boolean {
  return (Object.keys(next) as (keyof Props)[]).every((name) => ignored.includes(name) || before[name] === next[name]);
}

function Cell<Row>({
  column: { render, isNumber, isPinned },
  row,
  isSelected,
}: {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly isSelected: boolean;
}) {
  const content = render(row);
  return (
    <Table.Td
      ta={isNumber ? "right" : undefined}
      style={isPinned ? { ...pinnedStyle, ...(isSelected && { background: SELECTED_OVER_OTHERS }) } : cellStyle}
      title={typeof content === "string" ? content : undefined}
    >
      {content}
    </Table.Td>
  );
}

const pinnedStyle = {
  position: "sticky",
  right: 0,
  background: "var(--mantine-color-body)",
  boxShadow: "0 1px 0 var(--table-border-color), -1px 0 0 var(--table-border-color)",
} as const;
/** The color of a selected row lets through what is under it. */
const SELECTED_OVER_OTHERS =
  "linear-gradient(var(--mantine-color-seat-light), var(--mantine-color-seat-light)), var(--mantine-color-body)";
const cellStyle = { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" } as const;

/** Stands for the rows out of sight. */
function Filler({ height }: { readonly height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be focused
    <tr aria-hidden="true">
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}

function HeaderCell<Row>({
  column: { field, label, isNumber, isPinned, width },
  order,
  onOrder,
}: {
  readonly column: Column<Row>;
  readonly order: string | undefined;
  readonly onOrder: ((order: string) => void) | undefined;
}) {
  const isUp = field !== undefined && order === field;
  const isDown = field !== undefined && order === `-${field}`;
  return (
    <Table.Th
      w={width}
      ta={isNumber ? "right" : undefined}
      aria-sort={isUp ? "ascending" : isDown ? "descending" : undefined}
      h={ROW_HEIGHT}
      style={isPinned ? { ...pinnedStyle, boxShadow: "inset 0 -1px 0 var(--table-border-color)" } : undefined}
    >
      {field === undefined || onOrder === undefined ? (
        label
      ) : (
        <UnstyledButton
          onClick={() => onOrder(isUp ? `-${field}` : field)}
          fz="sm"
          fw={700}
          style={{ whiteSpace: "nowrap" }}
        >
          <Group gap={4} wrap="nowrap">
            {label}
            {(isUp || isDown) && <span aria-hidden="true">{isUp ? "↑" : "↓"}</span>}
          </Group>
        </UnstyledButton>
      )}
    </Table.Th>
  );
}
