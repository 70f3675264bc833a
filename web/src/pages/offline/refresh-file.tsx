import { Group, Paper, Select, Stack, Text, Title } from "@mantine/core";
import { useChange, useReply } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { FileRefused } from "../../parts/file-refused.tsx";
import { fileName, saveFile } from "../../parts/save-file.ts";
import { Steps } from "../../parts/steps.tsx";
import { told } from "../../parts/told.ts";
import { useUrlState } from "../../parts/url-state.ts";
import { WrittenFile } from "../../parts/written-file.tsx";
import { LicensePicker } from "./license-picker.tsx";

/** Writes a license as it is now for a server that has it already. License and device are in the address. */
export function RefreshFile() {
  const [state, change] = useUrlState();
  const license = Number(state["license"]) || undefined;
  return (
    <Stack maw={640}>
      <Text size="sm">
        A license that you have changed is changed on a floating server once it imports a refresh file. It needs no new
        request.
      </Text>
      <LicensePicker
        value={license}
        onChange={(next) => change({ license: next === undefined ? undefined : String(next), device: undefined })}
      />
      {license !== undefined && (
        <DeviceChoice
          license={license}
          device={state["device"]}
          onChange={(device) => change({ device: device ?? undefined })}
        />
      )}
    </Stack>
  );
}

function DeviceChoice({
  license,
  device,
  onChange,
}: {
  readonly license: number;
  readonly device: string | undefined;
  onChange(device: string | null): void;
}) {
  const devices = useReply("device list", { params: { license }, query: { is_active: "true", limit: "500" } });
  const shown = useReply("license show", { params: { license } });
  if (devices.isError) return <FileRefused error={devices.error} />;
  if (devices.data === undefined) return null;
  const ids = devices.data.reply.data.map(({ hardware_id }) => hardware_id);
  if (ids.length === 0) {
    return (
      <Text size="sm">
        No device is active on this license, so none has a file to refresh. The customer begins with an activation
        request.
      </Text>
    );
  }
  const chosen = device ?? (ids.length === 1 ? ids[0] : undefined);
  return (
    <>
      <Select
        label="Device"
        description="Hardware id of the floating server that has the license"
        inputWrapperOrder={["label", "input", "description", "error"]}
        data={ids}
        value={chosen ?? null}
        onChange={onChange}
        searchable={ids.length > 8}
        allowDeselect={false}
        required
      />
      {chosen !== undefined && (
        <WriteRefresh
          key={`${license} ${chosen}`}
          license={license}
          hardwareId={chosen}
          product={shown.data?.reply.product ?? "license"}
        />
      )}
    </>
  );
}

function WriteRefresh({
  license,
  hardwareId,
  product,
}: {
  readonly license: number;
  readonly hardwareId: string;
  readonly product: string;
}) {
  const change = useChange("license refresh-file");
  const given = { params: { license }, body: { hardware_id: hardwareId } };
  const name = fileName([product, hardwareId, "refresh"], ".lic");
  const write = () =>
    change.mutate(given, {
      onSuccess: ({ reply }) => {
        saveFile(name, reply.file);
        told("The refresh file is written");
      },
    });
  return (
    <Stack gap="sm">
      {change.isError && <FileRefused error={change.error} />}
      <Group gap="xs">
        <ActionButton operation="license refresh-file" onClick={write} loading={change.isPending}>
          Write refresh file
        </ActionButton>
        <CommandHint operation="license refresh-file" given={given} />
      </Group>
      {change.isSuccess && (
        <Paper withBorder p="md" role="region" aria-label="Refresh file">
          <Stack gap="sm">
            <Title order={2} size="h5">
              The refresh file is written
            </Title>
            <WrittenFile name={name} text={change.data.reply.file} label="refresh file">
              <Steps>
                {[
                  "Send this file to the customer.",
                  "The license admin imports it on the floating server: Licenses, Import license. It shows there what will change.",
                  "You can write it again at any time; an older one is refused once a newer one was imported.",
                ]}
              </Steps>
            </WrittenFile>
          </Stack>
        </Paper>
      )}
    </Stack>
  );
}
