import { Button, Group, Stack, Title } from "@mantine/core";
import type { UsageSpanObject } from "../../../../schemas/management.d.ts";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { inFull } from "../../parts/times.tsx";
import { shortNumber } from "./short-number.ts";

const columns: readonly Column<UsageSpanObject>[] = [
  { label: "From", render: ({ from }) => inFull(from), width: 190 },
  { label: "Most", render: ({ max }) => max, isNumber: true, width: 70 },
  { label: "Mean", render: ({ mean }) => shortNumber(mean), isNumber: true, width: 80 },
  { label: "Seats", render: ({ capacity }) => capacity ?? "–", isNumber: true, width: 70 },
  { label: "Denials", render: ({ denials }) => denials, isNumber: true, width: 80 },
];

/** The chart's numbers, newest first. */
export function SeriesTable({
  name,
  series,
  bucket,
}: {
  readonly name: string;
  readonly series: readonly UsageSpanObject[];
  readonly bucket: string;
}) {
  const file = `usage-${name.replaceAll(" ", "-")}`;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="h5">
          By the {bucket}
        </Title>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => saveFile(`${file}.csv`, csvOf(series))}>
            CSV
          </Button>
          <Button variant="default" size="xs" onClick={() => saveFile(`${file}.json`, JSON.stringify(series, null, 2))}>
            JSON
          </Button>
        </Group>
      </Group>
      <DataTable
        label={`Usage of ${name} over time`}
        rows={series.toReversed()}
        columns={columns}
        rowKey={({ from }) => from}
      />
    </Stack>
  );
}

/** Times and numbers only: nothing in it can be a formula. */
function csvOf(series: readonly UsageSpanObject[]): string {
  const rows = series.map(({ from, to, max, mean, capacity, denials }) => [
    from,
    to,
    max,
    mean,
    capacity ?? "",
    denials,
  ]);
  return [["from", "to", "max", "mean", "capacity", "denials"], ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}
