import { Anchor } from "@mantine/core";
import type { PoolUsageObject } from "../../../../schemas/management.d.ts";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { SeatBar } from "../../parts/seat-bar.tsx";
import { poolOfProduct } from "../../parts/seat-names.ts";
import { shortNumber } from "./short-number.ts";

/** Every pool that was used, in one sum each. */
export function PoolsTable({
  pools,
  shown,
  onShow,
}: {
  readonly pools: readonly PoolUsageObject[];
  /** License and feature of the pool whose chart is shown. */
  readonly shown: string;
  onShow(pool: PoolUsageObject): void;
}) {
  const columns: readonly Column<PoolUsageObject>[] = [
    {
      label: "Pool",
      render: (pool) => (
        <Anchor
          component="button"
          type="button"
          onClick={() => onShow(pool)}
          aria-pressed={`${pool.license} ${pool.feature ?? ""}` === shown}
        >
          {poolOfProduct(pool)}
        </Anchor>
      ),
      width: 240,
    },
    { label: "License", render: ({ license }) => license, isNumber: true, width: 180 },
    {
      label: "Most in use",
      render: (pool) =>
        pool.capacity === null ? (
          pool.max
        ) : (
          <SeatBar inUse={pool.max} seats={pool.capacity} label={`Most of ${poolOfProduct(pool)}`} />
        ),
      width: 220,
    },
    { label: "Mean", render: ({ mean }) => shortNumber(mean), isNumber: true, width: 90 },
    { label: "Denials", render: ({ denials }) => denials, isNumber: true, width: 90 },
  ];
  return (
    <DataTable
      label="Usage of pools"
      rows={pools}
      columns={columns}
      rowKey={({ license, feature }) => `${license} ${feature ?? ""}`}
    />
  );
}
