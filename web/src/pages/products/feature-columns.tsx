import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { wordsOf } from "../../parts/labels.ts";
import { RowAction, RowActions } from "../../parts/row-actions.tsx";
import { isFloating } from "../../parts/terms/applied-terms.ts";
import { floatsOf, limitOf } from "../../parts/terms/term-words.ts";
import { duration } from "../../parts/times.tsx";

type Feature = ItemOf<"feature list">;

/** What somebody is about to do with the features of a product. */
export type FeatureAct =
  | { readonly act: "add" }
  /** Its code. */
  | { readonly act: "edit" | "delete"; readonly feature: string };

export function featureColumns(open: (act: FeatureAct) => void): readonly Column<Feature>[] {
  return [
    { field: "code", label: "Code", render: ({ code }) => code },
    { field: "name", label: "Name", render: ({ name }) => name },
    { field: "type", label: "Type", width: 120, render: ({ type }) => wordsOf(type) },
    { label: "Floats", width: 140, render: floatsOf },
    { label: "Seats", width: 75, isNumber: true, render: (feature) => (isFloating(feature) ? feature.seats : "–") },
    {
      label: "Timeout",
      width: 95,
      render: (feature) => (isFloating(feature) ? duration(feature.timeout_seconds ?? 0) : "–"),
    },
    { label: "May consume", width: 165, render: limitOf },
    {
      label: "Actions",
      isNumber: true,
      width: 140,
      render: ({ code: feature }) => (
        <RowActions>
          <RowAction
            verb="Edit"
            of={feature}
            operation="feature update"
            onClick={() => open({ act: "edit", feature })}
          />
          <RowAction
            verb="Delete"
            of={feature}
            operation="feature delete"
            takesAway
            onClick={() => open({ act: "delete", feature })}
          />
        </RowActions>
      ),
    },
  ];
}
