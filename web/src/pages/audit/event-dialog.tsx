import { Code, Modal, Stack, Table, Title } from "@mantine/core";
import type { ItemOf } from "../../api/operation.ts";
import { KeyValues } from "../../parts/key-values.tsx";
import { FullTime } from "../../parts/times.tsx";
import { actorName, eventWords } from "./event-words.ts";

type Event = ItemOf<"audit list">;

/** One event in full: who, by which request, what was before and what after. */
export function EventDialog({ event, onClose }: { readonly event: Event; onClose(): void }) {
  const { id, at, license, feature, holder, request_id, hash, actor, before, after, data } = event;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <Modal opened onClose={onClose} title={`${eventWords(event)}, event ${id}`} size="xl">
      <Stack>
        <KeyValues
          rows={[
            ["When", <FullTime key="at" iso={at} />],
            ["Who", actorName(event)],
            ["Over", actor === null ? undefined : String(actor["api"] ?? "")],
            ["License", license ?? undefined],
            ["Feature", feature ?? undefined],
            ["Holder", holder ?? undefined],
            ["Request", request_id === null ? undefined : <Code key="request">{request_id}</Code>],
            ["Hash", <Code key="hash">{hash}</Code>],
          ]}
        />
        {fields.length > 0 && (
          <Table aria-label="What changed" layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Field</Table.Th>
                <Table.Th>Before</Table.Th>
                <Table.Th>After</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {fields.map((field) => (
                <Table.Tr key={field}>
                  <Table.Td>{field}</Table.Td>
                  <Table.Td>{shown(before?.[field])}</Table.Td>
                  <Table.Td>{shown(after?.[field])}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {Object.keys(data).length > 0 && (
          <>
            <Title order={3} size="h5">
              Whatever else it tells
            </Title>
            <Code block>{JSON.stringify(data, null, 2)}</Code>
          </>
        )}
      </Stack>
    </Modal>
  );
}

function shown(value: unknown): string {
  if (value === undefined) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
