import { Alert, Text } from "@mantine/core";
import { useReply } from "../../api/queries.ts";
import { FieldInput } from "../../parts/field-input.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { fileName, saveFile } from "../../parts/save-file.ts";
import type { License } from "./license-state.tsx";

/** Writes a license file for a floating server that has imported the license before. */
export function RefreshFileDialog({ license, onClose }: { readonly license: License; onClose(): void }) {
  const devices = useReply("device list", {
    params: { license: license.id },
    query: { is_active: "true", limit: "500", order: "-activated_at" },
  });
  const choices = (devices.data?.reply.data ?? []).map(({ hardware_id, info }) => ({
    value: hardware_id,
    label: [hardware_id, hostOf(info)].filter(Boolean).join(" · "),
  }));
  return (
    <FormDialog
      operation="license refresh-file"
      title="Refresh file"
      verb="Download refresh file"
      params={{ license: license.id }}
      done="The refresh file is written"
      onClose={onClose}
      onDone={({ file }) => saveFile(fileName([license.product, "refresh"], ".lic"), file)}
    >
      {(fields) => (
        <>
          <Text size="sm">
            The file holds the license as it is now, for one floating server that has imported it before. Import it
            there; seats that are in use stay.
          </Text>
          {devices.data !== undefined && choices.length === 0 && (
            <Alert color="orange" title="No device is active on it">
              A floating server first needs an answer to its activation request, from the page Offline portal.
            </Alert>
          )}
          <FieldInput
            {...fields.bind("hardware_id")}
            label="Floating server"
            about="Its hardware id, among the devices of the license."
            choices={choices}
          />
        </>
      )}
    </FormDialog>
  );
}

function hostOf(info: unknown): string {
  const host = (info as Readonly<Record<string, unknown>> | null)?.["hostname"];
  return typeof host === "string" ? host : "";
}
