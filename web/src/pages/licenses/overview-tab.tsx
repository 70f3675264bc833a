import { Anchor, Code, Group, Paper, SimpleGrid, Stack, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useReply } from "../../api/queries.ts";
import { useSession } from "../../app/session.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { CopyButton } from "../../parts/copy-text.tsx";
import { KeyValues } from "../../parts/key-values.tsx";
import { FromNow } from "../../parts/times.tsx";
import { customerOf, type License, LicenseState } from "./license-state.tsx";
import { termRows } from "./term-rows.tsx";

/** What a license is, for whom, and on which terms. */
export function OverviewTab({ license }: { readonly license: License }) {
  return (
    <Stack>
      <Group justify="flex-end">
        <CommandHint operation="license show" given={{ params: { license: license.id } }} />
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Part title="License">
          <KeyValues rows={useRows(license)} />
        </Part>
        <Part title="Terms">
          <KeyValues rows={termRows(license)} />
        </Part>
      </SimpleGrid>
      <Attached license={license} />
    </Stack>
  );
}

function useRows(license: License): readonly (readonly [string, ReactNode])[] {
  const isVendor = useSession().side === "vendor";
  const { id, key, product, customer_id, order_store_id, bundle, issued_at, times_activated, transfer_count } = license;
  return [
    ["License key", key === null ? undefined : <LicenseKey key="key" text={key} />],
    ["Number", String(id)],
    ["State", <LicenseState key="state" license={license} />],
    [
      "Product",
      isVendor ? (
        <Anchor key="product" renderRoot={(props) => <Link to="/products/$product" params={{ product }} {...props} />}>
          {product}
        </Anchor>
      ) : (
        product
      ),
    ],
    ["Policy", isVendor ? <PolicyName key="policy" id={license.policy_id} /> : undefined],
    [
      "Customer",
      isVendor && customer_id !== null ? (
        <Anchor
          key="customer"
          renderRoot={(props) => (
            <Link to="/customers/$customer" params={{ customer: String(customer_id) }} {...props} />
          )}
        >
          {customerOf(license) || `Customer ${customer_id}`}
        </Anchor>
      ) : (
        customerOf(license)
      ),
    ],
    ["Order", order_store_id],
    ["Bundle", bundle ?? undefined],
    ["Issued", isVendor ? <FromNow key="issued" iso={issued_at} /> : undefined],
    ["Active devices", String(times_activated)],
    ["Transfers", String(transfer_count)],
    ["Consumed", license.type === "consumption" ? String(license.consumed ?? 0) : undefined],
  ];
}

function LicenseKey({ text }: { readonly text: string }) {
  return (
    <Group gap="xs">
      <Code>{text}</Code>
      <CopyButton text={text} label="Copy license key" />
    </Group>
  );
}

function PolicyName({ id }: { readonly id: number | null }) {
  const policy = useReply("policy show", { params: { policy: id ?? 0 } }, { enabled: id !== null });
  if (id === null) return "none";
  return policy.data?.reply.name ?? `Policy ${id}`;
}

/** What the vendor has attached. */
function Attached({ license: { custom_fields, metadata } }: { readonly license: License }) {
  const fields = (custom_fields as readonly { readonly name?: string; readonly value?: unknown }[]).map(
    ({ name, value }) => [name ?? "", asText(value)] as const,
  );
  const meta = Object.entries(metadata).map(([name, value]) => [name, asText(value)] as const);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {fields.length > 0 && (
        <Part title="Custom fields">
          <KeyValues rows={fields} />
        </Part>
      )}
      {meta.length > 0 && (
        <Part title="Metadata">
          <KeyValues rows={meta} />
        </Part>
      )}
    </SimpleGrid>
  );
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
