import { Box, Table } from "@mantine/core";
import type { ReplyOf } from "../../api/operation.ts";
import { changedField, changedValue } from "./changed-field.ts";

type Change = ReplyOf<"license import">["changes"][number];

/** What a file changes, field by field. Values wrap: what differs must not be cut off. */
export function ChangeTable({
  changes,
  codes,
}: {
  readonly changes: readonly Change[];
  readonly codes: readonly string[];
}) {
  return (
    <Box
      tabIndex={0}
      role="region"
      aria-label="Changes"
      style={{ overflowX: "auto", border: "1px solid var(--mantine-color-default-border)", borderRadius: 8 }}
    >
      <Table miw={280} layout="fixed" aria-label="Changes">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>Before</Table.Th>
            <Table.Th>After</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ field, before, after }) => (
            <Table.Tr key={field}>
              <Table.Td>{changedField(field, codes)}</Table.Td>
              <Table.Td>{changedValue(field, before)}</Table.Td>
              <Table.Td fw={600}>{changedValue(field, after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
