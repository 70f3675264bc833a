import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ListName, Side } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { YES_NO } from "../../parts/filter-bar.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { customerKind, orderKind } from "../../parts/record-kinds.ts";
import { type RecordKind, RecordSelect } from "../../parts/record-select.tsx";
import { FromNow } from "../../parts/times.tsx";
import { customerOf, floatingPools, type License, LicenseState, nameOf } from "./license-state.tsx";

const TYPES = ["perpetual", "time-limited", "subscription", "consumption"].map((value) => ({
  value,
  label: wordsOf(value),
}));

export function columnsOf(side: Side): readonly Column<License>[] {
  return [
    {
      field: "key",
      label: "License",
      width: 222,
      render: (license) => (
        <Anchor
          renderRoot={(props) => <Link to="/licenses/$license" params={{ license: String(license.id) }} {...props} />}
        >
          {nameOf(license)}
        </Anchor>
      ),
    },
    { field: "product", label: "Product", width: 100, render: ({ product }) => product },
    { field: "type", label: "Type", width: 115, render: ({ type }) => wordsOf(type ?? "perpetual") },
    { label: "State", width: 180, render: (license) => <LicenseState license={license} /> },
    {
      label: "Customer",
      render: (license) =>
        side === "vendor" && license.customer_id !== null ? (
          <Anchor
            renderRoot={(props) => (
              <Link to="/customers/$customer" params={{ customer: String(license.customer_id) }} {...props} />
            )}
          >
            {customerOf(license) || `Customer ${license.customer_id}`}
          </Anchor>
        ) : (
          customerOf(license)
        ),
    },
    {
      field: "valid_until",
      label: "Valid until",
      width: 115,
      render: ({ valid_until }) => <FromNow iso={valid_until} none="for ever" />,
    },
    { label: "Seats", width: 115, render: (license) => <Seats license={license} /> },
  ];
}

/** How many there are of each pool that floats. */
function Seats({ license }: { readonly license: License }) {
  const pools = floatingPools(license);
  if (pools.length === 0) return <Text c="dimmed">not floating</Text>;
  const told = pools.map(({ name, seats }) => `${name} ${seats}`).join(", ");
  return <span title={told}>{told}</span>;
}

export function filtersOf(side: Side): readonly Filter[] {
  return [
    { kind: "contains", field: "key", label: "License key" },
    { kind: "contains", field: "product", label: "Product" },
    { kind: "choice", field: "type", label: "Type", choices: TYPES },
    { kind: "choice", field: "is_active", label: "Activated", choices: YES_NO },
    { kind: "choice", field: "is_enabled", label: "Enabled", choices: YES_NO },
    ...(side === "vendor"
      ? [recordFilter("customer_id", "Customer", customerKind), recordFilter("order_id", "Order", orderKind)]
      : []),
    { kind: "since", field: "valid_until", label: "Ends on or after" },
    { kind: "until", field: "valid_until", label: "Ends on or before" },
  ];
}

/** By a thing that licenses name, which is found by typing. */
function recordFilter<Name extends ListName>(field: string, label: string, kind: RecordKind<Name>): Filter {
  return {
    kind: "record",
    field,
    label,
    render: (value, onChange) => (
      <RecordSelect kind={kind} label={label} size="xs" placeholder="Any" value={value} onChange={onChange} />
    ),
  };
}
