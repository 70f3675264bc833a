import { Code, Modal, Stack, Table, Title } from "@mantine/core";
import type { ItemOf } from "../api/operation.ts";
import { actorOf } from "./event-words.ts";
import { changesBetween } from "./field-changes.ts";
import { KeyValues } from "./key-values.tsx";
import { labelOf, wordsOf } from "./labels.ts";
import { duration, FullTime, inFull } from "./times.tsx";

type Event = ItemOf<"audit list">;

/** All that an event tells. */
export function EventDialog({ event, onClose }: { readonly event: Event; onClose(): void }) {
  const { id, at, kind, feature, holder, request_id, before, after, data, hash } = event;
  const isChange = before !== null || after !== null;
  return (
    <Modal opened onClose={onClose} title={wordsOf(kind)} size="xl">
      <Stack>
        <KeyValues
          rows={[
            ["When", <FullTime key="at" iso={at} />],
            ["By", actorOf(event)],
            ["Feature", feature ?? undefined],
            ["Holder", holder ?? undefined],
            ["Request", request_id ?? undefined],
            ...Object.entries(data).map(([name, value]) => [labelOf(name), asText(value, name)] as const),
            ["Event", String(id)],
            ["Hash", <Code key="hash">{hash}</Code>],
          ]}
        />
        {isChange && <Changes before={before ?? {}} after={after ?? {}} />}
      </Stack>
    </Modal>
  );
}

type Fields = Readonly<Record<string, unknown>>;

function Changes({ before, after }: { readonly before: Fields; readonly after: Fields }) {
  return (
    <div>
      <Title order={2} size="h5">
        What changed
      </Title>
      <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table layout="fixed" aria-label="What changed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Before</Table.Th>
              <Table.Th>After</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changesBetween(before, after).map(({ path, ...values }) => (
              <Table.Tr key={path.join(".")}>
                <Table.Td>{labelOfPath(path)}</Table.Td>
                <Table.Td>{asText(values.before, path.at(-1))}</Table.Td>
                <Table.Td>{asText(values.after, path.at(-1))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

/** The names between are codes: they are shown as they are. */
function labelOfPath(path: readonly string[]): string {
  const isName = (at: number) => at === 0 || at === path.length - 1;
  return path.map((name, at) => (isName(at) ? labelOf(asSnake(name)) : name)).join(" › ");
}

/** Inside of a field names are as the server's own: `timeoutMs`. */
function asSnake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/_ms$/, "_seconds");
}

/** @param name of the field: it tells what a number is */
function asText(value: unknown, name = ""): string {
  if (value === undefined || value === null) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number" && name.endsWith("_seconds")) return duration(value);
  if (typeof value === "number" && name.endsWith("Ms")) return duration(value / 1_000);
  const isTime = /(^|_)(at|until)$|(At|Until)$/.test(name);
  if (isTime && (typeof value === "number" || typeof value === "string")) return inFull(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}
