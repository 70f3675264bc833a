import { Group, Progress, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../app/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { RowAction } from "../../parts/row-actions.tsx";
import { SeatBar } from "../../parts/seat-bar.tsx";
import { isFloating } from "../../parts/terms/applied-terms.ts";
import { floatsOf } from "../../parts/terms/term-words.ts";
import { duration, FromNow } from "../../parts/times.tsx";
import { ChooseFeaturesDialog } from "./choose-features-dialog.tsx";
import { FeatureTermsDialog } from "./feature-terms-dialog.tsx";
import type { License, LicenseFeature } from "./license-state.tsx";

/** What a license has of its product's features, on which terms, and what is used of it. */
export function FeaturesTab({ license }: { readonly license: License }) {
  const { side } = useSession();
  const isVendor = side === "vendor";
  const [edited, setEdited] = useState<string>();
  const [isChoosing, setIsChoosing] = useState(false);
  const edit: Column<LicenseFeature> = {
    label: "Change",
    isPinned: true,
    width: 95,
    render: ({ code }) => (
      <RowAction verb="Edit" of={code} operation="license update" onClick={() => setEdited(code)} />
    ),
  };
  const choose = (
    <ActionButton operation="license update" variant="default" size="xs" onClick={() => setIsChoosing(true)}>
      Choose features
    </ActionButton>
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {isVendor
            ? "As they were when the license was issued, and as they were changed for it since."
            : "As the vendor's file says."}
        </Text>
        <Group gap="xs">
          {isVendor && choose}
          <CommandHint operation="license show" given={{ params: { license: license.id } }} />
        </Group>
      </Group>
      {license.features.length === 0 ? (
        <EmptyState title="It has no features">
          The license is for the product as a whole.{isVendor && " You can give it features that the product has."}
        </EmptyState>
      ) : (
        <DataTable
          label="Features"
          rows={license.features}
          columns={isVendor ? [...columns, edit] : columns}
          rowKey={({ id }) => id}
        />
      )}
      {edited !== undefined && (
        <FeatureTermsDialog license={license.id} code={edited} onClose={() => setEdited(undefined)} />
      )}
      {isChoosing && <ChooseFeaturesDialog license={license} onClose={() => setIsChoosing(false)} />}
    </Stack>
  );
}

const columns: readonly Column<LicenseFeature>[] = [
  { label: "Code", width: 120, render: ({ code }) => code },
  { label: "Name", width: 130, render: ({ name }) => name },
  { label: "Type", width: 115, render: ({ type }) => wordsOf(type) },
  { label: "Floats", width: 125, render: floatsOf },
  { label: "In use", width: 165, render: (feature) => <InUse feature={feature} /> },
  {
    label: "Timeout",
    width: 85,
    render: (feature) => (isFloating(feature) ? duration(feature.timeout_seconds ?? 0) : "–"),
  },
  {
    label: "Borrowing",
    width: 105,
    render: (feature) =>
      isFloating(feature) && feature.can_borrow === true ? `up to ${duration(feature.max_borrow_seconds ?? 0)}` : "–",
  },
  { label: "Expires", width: 95, render: ({ expires_at }) => <FromNow iso={expires_at} /> },
];

/** What is used of a feature: seats where they float here, and what was consumed. */
function InUse({ feature }: { readonly feature: LicenseFeature }) {
  const { side } = useSession();
  const floatsHere = side === "vendor" ? feature.cloud_floating : feature.offline_floating;
  if (feature.type === "consumption") return <Consumed feature={feature} />;
  if (floatsHere === true)
    return <SeatBar inUse={feature.in_use ?? 0} seats={feature.seats ?? 0} label={feature.code} />;
  return isFloating(feature) ? `${feature.seats ?? 0} seats, elsewhere` : "–";
}

function Consumed({ feature }: { readonly feature: LicenseFeature }) {
  const { consumed = 0, max_consumptions: most = 0, unlimited_consumptions: isUnlimited = false, code } = feature;
  if (isUnlimited) return `${consumed} consumed`;
  const share = most === 0 ? 100 : Math.min(100, (100 * consumed) / most);
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress.Root size="lg" style={{ flex: 1, minWidth: 50 }}>
        <Progress.Section value={share} aria-label={`${code}: ${consumed} of ${most} consumed`} />
      </Progress.Root>
      <Text size="sm" fw={600}>
        {consumed} / {most}
      </Text>
    </Group>
  );
}
