import { Anchor } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { ActionButton } from "../../parts/action-button.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { FromNow } from "../../parts/times.tsx";
import { METHODS, methodOf, type Product, ProductState, STATES } from "./product-state.tsx";

// The first page after log-in: forms come when they are opened.
const AddProductDialog = lazy(async () => ({ default: (await import("./add-product-dialog.tsx")).AddProductDialog }));

const columns: readonly Column<Product>[] = [
  {
    field: "name",
    label: "Product",
    render: ({ code, name }) => (
      <Anchor renderRoot={(props) => <Link to="/products/$product" params={{ product: code }} {...props} />}>
        {name}
      </Anchor>
    ),
  },
  { field: "code", label: "Code", render: ({ code }) => code },
  { field: "state", label: "State", width: 110, render: ({ state }) => <ProductState state={state} /> },
  { field: "authorization_method", label: "Activated by", width: 130, render: methodOf },
  { label: "Features", width: 100, isNumber: true, render: ({ features }) => features.length },
  { field: "created_at", label: "Made", width: 150, render: ({ created_at }) => <FromNow iso={created_at} /> },
];

const filters: readonly Filter[] = [
  { kind: "contains", field: "name", label: "Name" },
  { kind: "contains", field: "code", label: "Code" },
  { kind: "choice", field: "state", label: "State", choices: STATES },
  { kind: "choice", field: "authorization_method", label: "Activated by", choices: METHODS },
];

export function ProductsPage() {
  const [isAdding, adding] = useDisclosure();
  const add = (
    <ActionButton operation="product create" onClick={adding.open}>
      Add product
    </ActionButton>
  );
  return (
    <Page title="Products" about="What licenses are sold for, with the features they may have." actions={add}>
      <ListView
        operation="product list"
        label="Products"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No products yet" action={add}>
            A product is a program that you sell licenses for. Add it, then its features: those that float have seats.
          </EmptyState>
        }
      />
      {isAdding && (
        <Suspense>
          <AddProductDialog onClose={adding.close} />
        </Suspense>
      )}
    </Page>
  );
}
