import { Stack, Text, UnstyledButton } from "@mantine/core";
import { SeatBar } from "../../parts/seat-bar.tsx";
import { fullPoolName, poolName } from "../../parts/seat-names.ts";
import { duration } from "../../parts/times.tsx";
import classes from "./pool-card.module.css";
import type { Pool } from "./pool-filter.ts";

/** How full a pool is, and its terms. */
export function PoolCard({
  pool,
  isChosen,
  onChoose,
}: {
  readonly pool: Pool;
  readonly isChosen: boolean;
  onChoose(): void;
}) {
  const { license, product, feature, in_use, seats, timeout_seconds, can_borrow } = pool;
  return (
    <UnstyledButton className={classes["card"]} aria-pressed={isChosen} onClick={onChoose}>
      <Stack gap={6}>
        <div>
          <Text fw={650} truncate title={poolName(feature)}>
            {poolName(feature)}
          </Text>
          <Text size="xs" c="dimmed" truncate title={`${product}, license ${license}`}>
            {product} · license {license}
          </Text>
        </div>
        <SeatBar inUse={in_use} seats={seats} label={fullPoolName(pool)} />
        <Text size="xs" c="dimmed">
          {in_use >= seats ? "Full · " : ""}
          Timeout {duration(timeout_seconds)} · {can_borrow ? "may be borrowed" : "no borrowing"}
        </Text>
      </Stack>
    </UnstyledButton>
  );
}
