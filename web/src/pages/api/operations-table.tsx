import { Anchor, Group, Text, TextInput } from "@mantine/core";
import { BASE } from "../../api/call.ts";
import type { OperationEntry, OperationName } from "../../api/operation.ts";
import { operationTable } from "../../api/operation-table.ts";
import { useSession } from "../../app/session.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { useUrlState } from "../../parts/url-state.ts";

interface Row extends OperationEntry {
  readonly name: OperationName;
}

const columns: readonly Column<Row>[] = [
  { label: "Command", width: 240, render: ({ name, isHidden }) => (isHidden ? "–" : <code>seatkeeper {name}</code>) },
  {
    label: "Request",
    width: 380,
    render: ({ method, path }) => (
      <code>
        {method} {BASE}
        {path}
      </code>
    ),
  },
  { label: "Role", width: 100, render: ({ role }) => role },
  { label: "JSON Schema", width: 160, render: (row) => <Schemas row={row} /> },
];

/** What can be asked of this server, with the schemas of what goes there and back. */
export function OperationTable() {
  const { side } = useSession();
  const [{ sought = "" }, change] = useUrlState();
  const rows = (Object.entries(operationTable) as [OperationName, OperationEntry][])
    .filter(([name, { sides, path }]) => sides.includes(side) && `${name} ${path}`.includes(sought.toLowerCase()))
    .map(([name, entry]): Row => ({ name, ...entry }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return (
    <>
      <TextInput
        label="Find an operation"
        value={sought}
        onChange={({ currentTarget }) => change({ sought: currentTarget.value })}
        size="xs"
        maw={280}
      />
      {rows.length === 0 ? (
        <Text size="sm">No operation has “{sought}” in its name or path.</Text>
      ) : (
        <DataTable label="Operations" rows={rows} columns={columns} rowKey={({ name }) => name} />
      )}
    </>
  );
}

function Schemas({ row: { name, fields, method } }: { readonly row: Row }) {
  const words = name.split(/[ -]/).map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  const hrefOf = (kind: string) => `/manage/schemas/management/${words.join("")}${kind}.json`;
  return (
    <Group gap="xs" wrap="nowrap">
      {fields !== undefined && (
        <Anchor href={hrefOf("Request")} target="_blank" aria-label={`Schema of the request of ${name}`}>
          request
        </Anchor>
      )}
      {method !== "DELETE" && (
        <Anchor href={hrefOf("Reply")} target="_blank" aria-label={`Schema of the reply of ${name}`}>
          reply
        </Anchor>
      )}
    </Group>
  );
}
