import { Alert, List } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { FieldInput } from "../../parts/field-input.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { fileName, saveFile } from "../../parts/save-file.ts";
import { type License, nameOf } from "./license-state.tsx";
import { countOf } from "./what-happens.ts";

/** Gives a license back to the vendor: it stops here, and a file tells the vendor. */
export function RemoveDialog({ license, onClose }: { readonly license: License; onClose(): void }) {
  const navigate = useNavigate();
  const isOfUsers = license.key === null;
  const inUse = [license, ...license.features].reduce((sum, pool) => sum + (pool.in_use ?? 0), 0);
  return (
    <FormDialog
      operation="license remove"
      title={`Remove ${nameOf(license)}?`}
      verb="Remove and download the file"
      isDanger
      size="lg"
      params={{ license: license.id }}
      problems={({ username }): Readonly<Record<string, string>> =>
        isOfUsers && !username ? { username: "This is needed" } : {}
      }
      done="The license is removed"
      onClose={onClose}
      onDone={({ file, request_id }) => {
        saveFile(fileName(["deactivate", license.product, request_id.slice(0, 8)], ".req"), file);
        navigate({ to: "/licenses" });
      }}
    >
      {(fields) => (
        <>
          <Alert color="orange" title="The license stops on this server at once">
            <List size="sm">
              <List.Item>
                {inUse === 0
                  ? "Nobody holds a seat of it now."
                  : `${countOf(inUse, "seat")} of it ${inUse === 1 ? "is" : "are"} in use and ${inUse === 1 ? "ends" : "end"}, borrowed ones too.`}
              </List.Item>
              <List.Item>What was consumed of it here is told to the vendor, and forgotten here.</List.Item>
              <List.Item>
                You get a deactivation file, which the page Requests keeps too. The license is free for another server
                only once your vendor has taken the file: send it.
              </List.Item>
              <List.Item>
                License files you have of it are refused from now on. It comes back only by a new request.
              </List.Item>
            </List>
          </Alert>
          {isOfUsers && (
            <FieldInput {...fields.bind("username")} about="Who activated the license: the vendor asks for it." />
          )}
        </>
      )}
    </FormDialog>
  );
}
