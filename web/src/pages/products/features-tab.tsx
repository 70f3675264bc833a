import { Stack } from "@mantine/core";
import { useState } from "react";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { TabHead } from "../../parts/tab-head.tsx";
import { AddFeatureDialog } from "./add-feature-dialog.tsx";
import { EditFeatureDialog } from "./edit-feature-dialog.tsx";
import { type FeatureAct, featureColumns } from "./feature-columns.tsx";
import type { Product } from "./product-state.tsx";

const filters: readonly Filter[] = [
  { kind: "contains", field: "code", label: "Code" },
  { kind: "contains", field: "name", label: "Name" },
  {
    kind: "choice",
    field: "type",
    label: "Type",
    choices: [
      { value: "activation", label: "Activation" },
      { value: "consumption", label: "Consumption" },
    ],
  },
];

/** What licenses of a product may have. */
export function FeaturesTab({ product }: { readonly product: Product }) {
  const [act, setAct] = useState<FeatureAct>();
  const close = () => setAct(undefined);
  const { code: of } = product;
  const add = (
    <ActionButton operation="feature create" onClick={() => setAct({ act: "add" })}>
      Add product feature
    </ActionButton>
  );
  return (
    <Stack gap="sm">
      <TabHead
        title="Features"
        about="Their values are defaults that a policy or a license may override."
        actions={add}
      />
      <ListView
        operation="feature list"
        label="Features"
        params={{ product: of }}
        columns={featureColumns(setAct)}
        filters={filters}
        order="code"
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No features yet" action={add}>
            A feature is a part of the product that is licensed by itself. One that floats has seats, which your License
            API or the customer's floating server hands out.
          </EmptyState>
        }
      />
      {act?.act === "add" && <AddFeatureDialog product={product} onClose={close} />}
      {act?.act === "edit" && <EditFeatureDialog product={of} feature={act.feature} onClose={close} />}
      {act?.act === "delete" && (
        <ConfirmDialog
          isOpen
          title={`Delete feature ${act.feature}?`}
          verb="Delete feature"
          operation="feature delete"
          given={{ params: { product: of, feature: act.feature } }}
          done="The feature is deleted"
          onClose={close}
        >
          Licenses to come will not have it. A feature that a license or a policy has cannot be deleted.
        </ConfirmDialog>
      )}
    </Stack>
  );
}
