import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { OutsideLink } from "../../parts/outside-link.tsx";
import { RowAction, RowActions } from "../../parts/row-actions.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";

type Version = ItemOf<"version list">;

/** What somebody is about to do with the versions of a product. */
export type VersionAct = { readonly act: "add" } | { readonly act: "edit" | "delete"; readonly version: Version };

export function versionColumns(open: (act: VersionAct) => void): readonly Column<Version>[] {
  return [
    { field: "version", label: "Version", render: ({ version }) => version },
    { field: "environment", label: "Environment", width: 135, render: ({ environment }) => environment || "–" },
    { field: "channel", label: "Channel", width: 100, render: ({ channel }) => channel || "–" },
    { field: "released_at", label: "Released", width: 140, render: ({ released_at }) => <FromNow iso={released_at} /> },
    {
      field: "is_enabled",
      label: "State",
      width: 120,
      render: ({ is_enabled: isEnabled }) => (
        <StateBadge tone={isEnabled ? "good" : "warning"}>{isEnabled ? "Available" : "Taken back"}</StateBadge>
      ),
    },
    {
      field: "url",
      label: "File",
      width: 150,
      render: ({ url }) => (url === "" ? "–" : <OutsideLink href={url}>{url.split("/").at(-1) || url}</OutsideLink>),
    },
    { field: "size_bytes", label: "Size", width: 90, isNumber: true, render: ({ size_bytes }) => sizeOf(size_bytes) },
    {
      label: "Actions",
      isNumber: true,
      width: 140,
      render: (version) => {
        const of = [version.version, version.environment, version.channel].filter(Boolean).join(" ");
        return (
          <RowActions>
            <RowAction verb="Edit" of={of} operation="version update" onClick={() => open({ act: "edit", version })} />
            <RowAction
              verb="Delete"
              of={of}
              operation="version delete"
              takesAway
              onClick={() => open({ act: "delete", version })}
            />
          </RowActions>
        );
      },
    },
  ];
}

/** 12,582,912 is "12.6 MB". */
function sizeOf(bytes: number): string {
  if (bytes === 0) return "–";
  const [unit, size] = (
    [
      ["GB", 1e9],
      ["MB", 1e6],
      ["kB", 1e3],
    ] as const
  ).find(([, least]) => bytes >= least) ?? ["B", 1];
  return `${(bytes / size).toLocaleString("en", { maximumFractionDigits: 1 })} ${unit}`;
}
