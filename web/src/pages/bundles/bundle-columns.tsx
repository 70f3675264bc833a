import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { RowAction, RowActions } from "../../parts/row-actions.tsx";

export type Bundle = ItemOf<"bundle list">;

/** What somebody is about to do with bundles. */
export type BundleAct =
  | { readonly act: "add" }
  | { readonly act: "edit" | "delete" | "issue"; readonly bundle: Bundle };

export function bundleColumns(open: (act: BundleAct) => void): readonly Column<Bundle>[] {
  return [
    { field: "name", label: "Bundle", render: ({ name }) => name },
    { field: "code", label: "Code", render: ({ code }) => code },
    {
      label: "Products",
      width: 260,
      render: ({ product_codes: codes }) =>
        codes.map((product, at) => (
          <Fragment key={product}>
            {at > 0 && ", "}
            <Anchor renderRoot={(props) => <Link to="/products/$product" params={{ product }} {...props} />}>
              {product}
            </Anchor>
          </Fragment>
        )),
    },
    {
      label: "Actions",
      isNumber: true,
      width: 210,
      render: (bundle) => (
        <RowActions>
          <RowAction
            verb="Issue"
            of={bundle.name}
            operation="bundle issue"
            onClick={() => open({ act: "issue", bundle })}
          />
          <RowAction
            verb="Edit"
            of={bundle.name}
            operation="bundle update"
            onClick={() => open({ act: "edit", bundle })}
          />
          <RowAction
            verb="Delete"
            of={bundle.name}
            operation="bundle delete"
            takesAway
            onClick={() => open({ act: "delete", bundle })}
          />
        </RowActions>
      ),
    },
  ];
}
