import { Alert, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReplyOf } from "../../api/operation.ts";
import { useChange } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { FileRefused } from "../../parts/file-refused.tsx";
import { KeyValues } from "../../parts/key-values.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { LicenseLink } from "../../parts/license-link.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FullTime } from "../../parts/times.tsx";
import { told } from "../../parts/told.ts";
import { ChangeTable } from "./change-table.tsx";
import { FeatureTable } from "./feature-table.tsx";

type Preview = ReplyOf<"license import">;

const results = {
  new: { badge: "new", tone: "good", sentence: "This license is new here." },
  updated: { badge: "updated", tone: "warning", sentence: "This license is here already; the file changes it." },
  unchanged: { badge: "unchanged", tone: "plain", sentence: "This license is here as the file has it." },
} as const;

/** What a license file would do, and the button that does it. */
export function ImportPreview({ preview, file }: { readonly preview: Preview; readonly file: string }) {
  const { result, license, changes } = preview;
  const change = useChange("license import");
  const navigate = useNavigate();
  const importIt = () =>
    change.mutate(
      { body: { file } },
      {
        onSuccess: ({ reply }) => {
          told(reply.result === "new" ? "The license is imported" : "The license is updated");
          navigate({ to: "/licenses/$license", params: { license: String(reply.license.id) } });
        },
      },
    );
  const { badge, tone, sentence } = results[result];
  return (
    <Paper withBorder p="md">
      <Stack>
        <Group gap="sm">
          <Title order={2} size="h4">
            What the file does
          </Title>
          <StateBadge tone={tone}>{badge}</StateBadge>
        </Group>
        <Alert color="green" title="The signature is good">
          <Text size="sm">
            Your vendor made this file, for this server, and it is as the vendor wrote it. {sentence}
          </Text>
        </Alert>
        <KeyValues
          rows={[
            ["Product", license.product],
            ["License key", license.key ?? undefined],
            ["Type", license.type && wordsOf(license.type)],
            ["Valid until", <FullTime key="until" iso={license.valid_until} none="for ever" />],
            ["License seats", license.offline_floating ? String(license.seats ?? 0) : undefined],
          ]}
        />
        {result === "updated" && (
          <>
            <Title order={3} size="h5">
              What changes
            </Title>
            {changes.length === 0 ? (
              <Text size="sm">The file is newer, and says the same as the one before. Only its date is kept.</Text>
            ) : (
              <ChangeTable changes={changes} codes={license.features.map(({ code }) => code)} />
            )}
          </>
        )}
        <Title order={3} size="h5">
          Features
        </Title>
        <FeatureTable features={license.features} />
        {change.isError && <FileRefused error={change.error} />}
        {result === "unchanged" && !change.isPending ? (
          <Text size="sm">
            There is nothing to import. <LicenseLink id={license.id}>Go to the license</LicenseLink>
          </Text>
        ) : (
          <Group gap="xs">
            <ActionButton operation="license import" onClick={importIt} loading={change.isPending}>
              Import
            </ActionButton>
            <CommandHint operation="license import" given={{ body: { file } }} />
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
