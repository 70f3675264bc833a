import { Anchor, Paper, Table } from "@mantine/core";
import { useSession } from "../../app/session.tsx";

const SCHEMAS = "/manage/schemas";

interface Document {
  readonly href: string;
  readonly label: string;
  readonly about: string;
  /** Saved under its name; otherwise it is opened. */
  readonly isFile?: boolean;
}

/** Documents of the APIs, all from this server. */
export function DownloadList() {
  const { side } = useSession();
  const client = side === "vendor" ? "license-api" : "floating-server";
  const name = side === "vendor" ? "License API" : "Floating Server";
  const documents: readonly Document[] = [
    {
      href: "/manage/docs",
      label: "Reference",
      about: "Every operation, with its fields; requests can be tried there",
    },
    { href: "/manage/errors", label: "Errors", about: "Every code that a request can be refused by" },
    {
      href: `${SCHEMAS}/management-${side}.openapi.json`,
      label: "OpenAPI",
      about: "OpenAPI 3.1 of the management API, for generators of clients",
      isFile: true,
    },
    {
      href: `${SCHEMAS}/management.d.ts`,
      label: "TypeScript types",
      about: "Of every request and reply of the management API",
      isFile: true,
    },
    {
      href: `${SCHEMAS}/${client}.openapi.json`,
      label: `OpenAPI of the ${name}`,
      about: "What applications speak to; its own reference page is at /api/v4/docs there",
      isFile: true,
    },
    {
      href: `${SCHEMAS}/${client}.d.ts`,
      label: `Types of the ${name}`,
      about: "For applications in TypeScript",
      isFile: true,
    },
  ];
  return (
    <Paper withBorder>
      <Table aria-label="Reference and downloads">
        <Table.Tbody>
          {documents.map(({ href, label, about, isFile }) => (
            <Table.Tr key={href}>
              <Table.Td>
                <Anchor href={href} {...(isFile ? { download: "" } : { target: "_blank" })} underline="always">
                  {label}
                </Anchor>
              </Table.Td>
              <Table.Td>{about}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
