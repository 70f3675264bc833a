import { Stack } from "@mantine/core";
import { useState } from "react";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type Filter, YES_NO } from "../../parts/filter-bar.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { TabHead } from "../../parts/tab-head.tsx";
import { type VersionAct, versionColumns } from "./version-columns.tsx";
import { VersionForm } from "./version-form.tsx";

const filters: readonly Filter[] = [
  { kind: "contains", field: "version", label: "Version" },
  { kind: "contains", field: "environment", label: "Environment" },
  { kind: "contains", field: "channel", label: "Channel" },
  { kind: "choice", field: "is_enabled", label: "Can be installed", choices: YES_NO },
];

/** What of a product can be installed. @param product its code */
export function VersionsTab({ product }: { readonly product: string }) {
  const [act, setAct] = useState<VersionAct>();
  const close = () => setAct(undefined);
  const add = (
    <ActionButton operation="version create" onClick={() => setAct({ act: "add" })}>
      Add version
    </ActionButton>
  );
  return (
    <Stack gap="sm">
      <TabHead title="Versions" about="What can be installed, and where its file is fetched." actions={add} />
      <ListView
        operation="version list"
        label="Versions"
        query={{ product }}
        columns={versionColumns(setAct)}
        filters={filters}
        order="-released_at"
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No versions yet" action={add}>
            Applications ask which versions their license may install. The files themselves stay where you keep them; a
            version has their address.
          </EmptyState>
        }
      />
      {act?.act === "add" && (
        <FormDialog
          operation="version create"
          title="Add version"
          verb="Add version"
          done="The version is there"
          defaults={{ product, is_enabled: true }}
          onClose={close}
        >
          {(fields) => <VersionForm fields={fields} />}
        </FormDialog>
      )}
      {act?.act === "edit" && (
        <EditDialog
          show="version show"
          operation="version update"
          params={{ version: act.version.id }}
          title={`Edit version ${act.version.version}`}
          verb="Save"
          done="The version is changed"
          onClose={close}
        >
          {(fields) => <VersionForm fields={fields} />}
        </EditDialog>
      )}
      {act?.act === "delete" && (
        <ConfirmDialog
          isOpen
          title={`Delete version ${act.version.version}?`}
          verb="Delete version"
          operation="version delete"
          given={{ params: { version: act.version.id } }}
          done="The version is deleted"
          onClose={close}
        >
          No license may install it any more. The file itself stays where it is. To take it back for a while, untick
          “Can be installed” instead.
        </ConfirmDialog>
      )}
    </Stack>
  );
}
