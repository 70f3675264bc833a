import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { type Filter, FilterBar } from "../../parts/filter-bar.tsx";
import { useUrlState } from "../../parts/url-state.ts";
import classes from "./pool-card.module.css";
import { PoolCard } from "./pool-card.tsx";
import { type Pool, poolOf, poolQuery, seenPools } from "./pool-filter.ts";

/** More are shown on request only: a vendor may have thousands. */
const SHOWN = 24;
/** So many are seen at a glance. */
const FEW = 3;

const filters: readonly Filter[] = [
  { kind: "is", field: "pools", label: "Find pools" },
  {
    kind: "choice",
    field: "state",
    label: "State",
    choices: [
      { value: "used", label: "In use" },
      { value: "full", label: "Full" },
    ],
  },
];

/** A card for each pool. Pressing one shows its holders only, pressing it again those of all. */
export function PoolCards({ pools }: { readonly pools: readonly Pool[] }) {
  const [state, change] = useUrlState();
  const [isAll, setIsAll] = useState(false);
  const chosen = pools.find((pool) => poolOf(pool, state));
  const seen = seenPools(pools, state);
  const first = isAll ? seen : seen.slice(0, SHOWN);
  const shown = chosen !== undefined && !first.includes(chosen) ? [chosen, ...first] : first;
  return (
    <Stack gap="sm" component="section" aria-label="Pools">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Title order={2} size="h4">
          Pools
        </Title>
        {pools.length > FEW && <FilterBar label="Pools" filters={filters} state={state} onChange={change} />}
      </Group>
      {shown.length === 0 && <Text c="dimmed">No pool fits. Change what pools are shown, or clear the filters.</Text>}
      <ul className={classes["grid"]}>
        {shown.map((pool) => (
          <li key={pool.id}>
            <PoolCard
              pool={pool}
              isChosen={pool === chosen}
              onChoose={() => change(pool === chosen ? { license: undefined, feature: undefined } : poolQuery(pool))}
            />
          </li>
        ))}
      </ul>
      {seen.length > first.length && (
        <Group>
          <Button variant="default" size="xs" onClick={() => setIsAll(true)}>
            Show all {seen.length} pools
          </Button>
        </Group>
      )}
    </Stack>
  );
}
