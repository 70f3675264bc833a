import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { QueryOf } from "../../api/operation.ts";
import { useReply } from "../../api/queries.ts";
import { poolOfProduct } from "../../parts/seat-names.ts";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import { Histogram } from "./histogram.tsx";
import { SeriesTable } from "./series-table.tsx";
import { shortNumber } from "./short-number.ts";
import { UsageChart } from "./usage-chart.tsx";

const ASK_EVERY_MS = 10_000;

/** One pool over time: its chart, the share of time by seats in use, and the numbers of both as tables. */
export function PoolUsage({
  license,
  feature,
  from,
  bucket,
}: {
  readonly license: string;
  /** Empty is the license's own pool. */
  readonly feature: string;
  readonly from: string;
  readonly bucket: NonNullable<QueryOf<"usage show">["bucket"]>;
}) {
  const query = { license, from, bucket, ...(feature !== "" && { feature }) };
  const usage = useReply("usage show", { query }, { everyMs: ASK_EVERY_MS });
  return (
    <WhenLoaded query={usage}>
      {({ reply }) => {
        const pool = reply.pools.find((each) => (each.feature ?? "") === feature);
        if (pool === undefined) return <Text>This pool was not used in this time.</Text>;
        const name = poolOfProduct(pool);
        return (
          <Stack gap="md">
            <Title order={2} size="h4">
              {name}
            </Title>
            <Text size="sm">
              At most {pool.max} and on average {shortNumber(pool.mean)} of{" "}
              {pool.capacity === null ? "no longer any" : pool.capacity} seats in use; {pool.denials} check-outs denied.
            </Text>
            <UsageChart name={name} series={pool.series} />
            <Group align="flex-start" gap="lg">
              <Paper withBorder p="md" style={{ flex: "2 1 26rem", minWidth: 0 }}>
                <SeriesTable name={name} series={pool.series} bucket={bucket} />
              </Paper>
              <Paper withBorder p="md" style={{ flex: "1 1 16rem", minWidth: 0 }}>
                <Histogram histogram={pool.histogram} />
              </Paper>
            </Group>
          </Stack>
        );
      }}
    </WhenLoaded>
  );
}
