import { Group, SegmentedControl, Stack } from "@mantine/core";
import { useMemo } from "react";
import type { PoolUsageObject } from "../../../../schemas/management.d.ts";
import { useReply } from "../../api/queries.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Page } from "../../parts/page.tsx";
import { useUrlState } from "../../parts/url-state.ts";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import { PoolUsage } from "./pool-usage.tsx";
import { PoolsTable } from "./pools-table.tsx";
import { beginOf, RANGES, rangeOf } from "./ranges.ts";

const ASK_EVERY_MS = 10_000;

/** How many seats were in use over time: all pools at a glance, and one of them in full. */
export function UsagePage() {
  const [{ range: chosen, license, feature }, change] = useUrlState();
  const range = rangeOf(chosen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a range begins where it began when it was chosen
  const from = useMemo(() => beginOf(range), [range.value]);
  const given = { query: { from, bucket: range.bucket } };
  const usage = useReply("usage show", given, { everyMs: ASK_EVERY_MS });
  return (
    <Page
      title="Usage"
      about="Seats in use over time, against the seats there are, and the check-outs that were denied."
    >
      <Group justify="space-between">
        <SegmentedControl
          aria-label="How far back"
          data={RANGES.map(({ value, label }) => ({ value, label }))}
          value={range.value}
          onChange={(value) => change({ range: value })}
        />
        <CommandHint
          operation="usage show"
          given={{ query: { ...given.query, ...(license !== undefined && { license }) } }}
        />
      </Group>
      <WhenLoaded query={usage}>
        {({ reply }) => {
          const pools = fullestFirst(reply.pools);
          if (pools.length === 0) {
            return (
              <EmptyState title="No seat was in use in this time">
                Usage shows as soon as a seat is checked out, or a check-out is denied. Look further back, or see who is
                in a seat now under <em>Live seats</em>.
              </EmptyState>
            );
          }
          const [first] = pools;
          const shownLicense = license ?? String(first?.license);
          const shownFeature = license === undefined ? (first?.feature ?? "") : (feature ?? "");
          return (
            <Stack gap="lg">
              <PoolsTable
                pools={pools}
                shown={`${shownLicense} ${shownFeature}`}
                onShow={(pool) => change({ license: String(pool.license), feature: pool.feature ?? undefined })}
              />
              <PoolUsage license={shownLicense} feature={shownFeature} from={from} bucket={range.bucket} />
            </Stack>
          );
        }}
      </WhenLoaded>
    </Page>
  );
}

/** What was nearest to its seats comes first. */
function fullestFirst(pools: readonly PoolUsageObject[]): readonly PoolUsageObject[] {
  const share = ({ max, capacity }: PoolUsageObject) => (capacity === null ? 0 : max / Math.max(1, capacity));
  return pools.toSorted((a, b) => share(b) - share(a) || b.denials - a.denials);
}
