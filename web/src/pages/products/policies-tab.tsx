import { Stack } from "@mantine/core";
import { useState } from "react";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { TabHead } from "../../parts/tab-head.tsx";
import { appliedTerms, termProblems } from "../../parts/terms/applied-terms.ts";
import { LICENSE_TYPES } from "../../parts/terms/term-words.ts";
import { type PolicyAct, policyColumns } from "./policy-columns.tsx";
import { PolicyForm } from "./policy-form.tsx";
import type { Product } from "./product-state.tsx";

const filters: readonly Filter[] = [
  { kind: "contains", field: "code", label: "Code" },
  { kind: "contains", field: "name", label: "Name" },
  { kind: "choice", field: "type", label: "Type", choices: LICENSE_TYPES },
];

/** The named ways of selling a product. */
export function PoliciesTab({ product }: { readonly product: Product }) {
  const [act, setAct] = useState<PolicyAct>();
  const close = () => setAct(undefined);
  const form = { size: "lg", problems: termProblems, toBody: appliedTerms, onClose: close } as const;
  const add = (
    <ActionButton operation="policy create" onClick={() => setAct({ act: "add" })}>
      Add policy
    </ActionButton>
  );
  return (
    <Stack gap="sm">
      <TabHead
        title="Policies"
        about="Named ways of selling the product: the terms and features that licenses are issued with."
        actions={add}
      />
      <ListView
        operation="policy list"
        label="Policies"
        query={{ product: product.code }}
        columns={policyColumns(product, setAct)}
        filters={filters}
        order="code"
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No policies yet" action={add}>
            Without a policy, each license says its terms itself. A policy keeps them under a name: “Team, 1 year, 10
            seats”.
          </EmptyState>
        }
      />
      {act?.act === "add" && (
        <FormDialog
          {...form}
          operation="policy create"
          title="Add policy"
          about="What is left empty is as usual: a perpetual license for one device that does not float."
          verb="Add policy"
          done="The policy is there"
          defaults={{ product: product.code, type: "perpetual", timeout_seconds: product.timeout_seconds }}
        >
          {(fields) => <PolicyForm fields={fields} product={product} />}
        </FormDialog>
      )}
      {act?.act === "edit" && (
        <EditDialog
          {...form}
          show="policy show"
          operation="policy update"
          params={{ policy: act.policy.id }}
          about="Licenses that were issued by it stay as they are."
          title={`Edit policy ${act.policy.name}`}
          verb="Save"
          done="The policy is changed"
          toInitial={(policy) => ({ type: "perpetual", timeout_seconds: product.timeout_seconds, ...policy })}
        >
          {(fields) => <PolicyForm fields={fields} product={product} />}
        </EditDialog>
      )}
      {act?.act === "delete" && (
        <ConfirmDialog
          isOpen
          title={`Delete policy ${act.policy.name}?`}
          verb="Delete policy"
          operation="policy delete"
          given={{ params: { policy: act.policy.id } }}
          done="The policy is deleted"
          onClose={close}
        >
          A policy that licenses were issued by, or that the product’s trials go by, cannot be deleted.
        </ConfirmDialog>
      )}
    </Stack>
  );
}
