import { Progress, Stack, Table, Text, Title } from "@mantine/core";
import type { PoolUsageObject } from "../../../../schemas/management.d.ts";
import { shortNumber } from "./short-number.ts";

const MOST_ROWS = 20;

/** The share of time with n seats in use. */
export function Histogram({ histogram }: { readonly histogram: PoolUsageObject["histogram"] }) {
  // Of many counts, the rare ones say nothing.
  const rows = histogram
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST_ROWS)
    .toSorted((a, b) => a.seats - b.seats);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        Share of time
      </Title>
      <Table aria-label="Share of time by seats in use">
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">Seats in use</Table.Th>
            <Table.Th>Share of time</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ seats, share }) => (
            <Table.Tr key={seats}>
              <Table.Td ta="right" w={80}>
                {seats}
              </Table.Td>
              <Table.Td>
                <Progress value={100 * share} aria-label={`${seats} seats in use`} />
                <Text size="xs">{shortNumber(100 * share)} %</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {histogram.length > MOST_ROWS && (
        <Text size="xs" c="dimmed">
          The {MOST_ROWS} most frequent of {histogram.length} counts.
        </Text>
      )}
    </Stack>
  );
}
