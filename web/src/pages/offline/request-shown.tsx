import { Alert, Code, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReplyOf } from "../../api/operation.ts";
import { useReply } from "../../api/queries.ts";
import { KeyValues } from "../../parts/key-values.tsx";
import { labelOf } from "../../parts/labels.ts";
import { LicenseLink } from "../../parts/license-link.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { FromNow } from "../../parts/times.tsx";
import { AnswerActivation } from "./answer-activation.tsx";
import { AnswerDeactivation } from "./answer-deactivation.tsx";

export type InspectedRequest = ReplyOf<"request inspect">;

/** What a request asks for, and the button that does it. */
export function RequestShown({ request, file }: { readonly request: InspectedRequest; readonly file: string }) {
  const isActivation = request.request === "activation";
  return (
    <Paper withBorder p="md">
      <Stack>
        <Group gap="sm">
          <Title order={2} size="h4">
            {isActivation ? "Activation request" : "Deactivation request"}
          </Title>
          {request.is_answered ? (
            <StateBadge tone="plain">answered</StateBadge>
          ) : (
            <StateBadge tone="good">not answered yet</StateBadge>
          )}
        </Group>
        <Alert color="green" title="The signature is good">
          <Text size="sm">The file is as it was written, by a server that has one of your API keys.</Text>
        </Alert>
        <KeyValues
          rows={[
            ["Product", request.product],
            ["License key", request.license_key ?? undefined],
            ["License user", request.username ?? undefined],
            ["License", <LicenseAsked key="license" request={request} />],
            ["Hardware id", <Code key="hardware">{request.hardware_id}</Code>],
            ["Device", request.is_device_known ? "seen on this license before" : "new on this license"],
            ["Written", <Written key="written" date={request.date} />],
            ["Request id", <Code key="id">{request.request_id}</Code>],
            ...toldOf(request.info).map(([name, value]) => [labelOf(name), value] as const),
          ]}
        />
        {isActivation ? (
          <AnswerActivation request={request} file={file} />
        ) : (
          <AnswerDeactivation request={request} file={file} />
        )}
      </Stack>
    </Paper>
  );
}

function LicenseAsked({ request: { license } }: { readonly request: InspectedRequest }) {
  const shown = useReply("license show", { params: { license: license ?? 0 } }, { enabled: license !== null });
  if (license === null) return "none of that key or user";
  const found = shown.data?.reply;
  const most = found?.allow_unlimited_activations ? "any number of" : found?.max_activations;
  return (
    <>
      <LicenseLink id={license} />
      {found !== undefined &&
        `: ${found.is_enabled ? "enabled" : "disabled"}, active on ${found.times_activated} of ${most} devices`}
    </>
  );
}

/** As its writer put it: usually a date. */
function Written({ date }: { readonly date: string }) {
  const at = Date.parse(date);
  return Number.isNaN(at) ? date || "not said" : <FromNow iso={new Date(at).toISOString()} />;
}

/** What the device says of itself. */
function toldOf(info: unknown): [string, string][] {
  if (info === null || typeof info !== "object") return [];
  return Object.entries(info).flatMap(([name, value]) => {
    if (value === null || value === "" || typeof value === "object") return [];
    return [[name, typeof value === "boolean" ? (value ? "yes" : "no") : String(value)] as [string, string]];
  });
}
