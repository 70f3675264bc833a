import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { RowAction, RowActions } from "../../parts/row-actions.tsx";
import { isFloating } from "../../parts/terms/applied-terms.ts";
import { floatsOf, validityOf } from "../../parts/terms/term-words.ts";
import type { Product } from "./product-state.tsx";

type Policy = ItemOf<"policy list">;

/** What somebody is about to do with the policies of a product. */
export type PolicyAct = { readonly act: "add" } | { readonly act: "edit" | "delete"; readonly policy: Policy };

export function policyColumns(product: Product, open: (act: PolicyAct) => void): readonly Column<Policy>[] {
  return [
    { field: "code", label: "Code", render: ({ code }) => code },
    { field: "name", label: "Name", render: ({ name }) => name },
    { field: "type", label: "Type", width: 130, render: ({ type }) => wordsOf(type ?? "perpetual") },
    { label: "Valid", width: 160, render: validityOf },
    {
      label: "License seats",
      width: 150,
      render: (policy) => (isFloating(policy) ? `${policy.seats ?? 0}, ${floatsOf(policy).toLowerCase()}` : "–"),
    },
    {
      label: "Features",
      width: 110,
      render: ({ features }) => (features === null ? "All" : `${features.length} of ${product.features.length}`),
    },
    {
      label: "Actions",
      isNumber: true,
      width: 140,
      render: (policy) => (
        <RowActions>
          <RowAction
            verb="Edit"
            of={policy.name}
            operation="policy update"
            onClick={() => open({ act: "edit", policy })}
          />
          <RowAction
            verb="Delete"
            of={policy.name}
            operation="policy delete"
            takesAway
            onClick={() => open({ act: "delete", policy })}
          />
        </RowActions>
      ),
    },
  ];
}
