import { useState } from "react";
import type { BundleIssueReply } from "../../../../schemas/management.d.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { type BundleAct, bundleColumns } from "./bundle-columns.tsx";
import { BundleForm } from "./bundle-form.tsx";
import { IssueBundleDialog } from "./issue-bundle-dialog.tsx";
import { IssuedDialog } from "./issued-dialog.tsx";

const filters: readonly Filter[] = [
  { kind: "contains", field: "name", label: "Name" },
  { kind: "contains", field: "code", label: "Code" },
];

export function BundlesPage() {
  const [act, setAct] = useState<BundleAct>();
  const [issued, setIssued] = useState<BundleIssueReply>();
  const close = () => setAct(undefined);
  const add = (
    <ActionButton operation="bundle create" onClick={() => setAct({ act: "add" })}>
      Add bundle
    </ActionButton>
  );
  return (
    <Page
      title="Bundles"
      about="Products that are sold and activated together: their licenses share a key, or their users."
      actions={add}
    >
      <ListView
        operation="bundle list"
        label="Bundles"
        columns={bundleColumns(setAct)}
        filters={filters}
        order="name"
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No bundles yet" action={add}>
            A bundle sells several products as one. Issuing it makes a license of each, all with the same key.
          </EmptyState>
        }
      />
      {act?.act === "add" && (
        <FormDialog
          operation="bundle create"
          title="Add bundle"
          verb="Add bundle"
          done="The bundle is there"
          problems={({ product_codes: codes }) => needsProducts(codes)}
          onClose={close}
        >
          {(fields) => <BundleForm fields={fields} />}
        </FormDialog>
      )}
      {act?.act === "edit" && (
        <EditDialog
          show="bundle show"
          operation="bundle update"
          params={{ bundle: act.bundle.code }}
          title={`Edit bundle ${act.bundle.name}`}
          verb="Save"
          done="The bundle is changed"
          problems={({ product_codes: codes }) => needsProducts(codes)}
          onClose={close}
        >
          {(fields) => <BundleForm fields={fields} />}
        </EditDialog>
      )}
      {act?.act === "delete" && (
        <ConfirmDialog
          isOpen
          title={`Delete bundle ${act.bundle.name}?`}
          verb="Delete bundle"
          operation="bundle delete"
          given={{ params: { bundle: act.bundle.code } }}
          done="The bundle is deleted"
          onClose={close}
        >
          Its products stay. A bundle that licenses were issued with cannot be deleted.
        </ConfirmDialog>
      )}
      {act?.act === "issue" && <IssueBundleDialog bundle={act.bundle} onClose={close} onIssued={setIssued} />}
      {issued !== undefined && <IssuedDialog issued={issued} onClose={() => setIssued(undefined)} />}
    </Page>
  );
}

function needsProducts(codes: unknown): Readonly<Record<string, string>> {
  return Array.isArray(codes) && codes.length > 0 ? {} : { product_codes: "A bundle needs a product, better two" };
}
