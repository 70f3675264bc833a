import { Anchor } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { nameOfCustomer } from "../../api/customer-names.ts";
import type { ItemOf } from "../../api/operation.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { CustomerForm } from "./customer-form.tsx";

type Customer = ItemOf<"customer list">;

const columns: readonly Column<Customer>[] = [
  {
    field: "company_name",
    label: "Company",
    render: (customer) => (
      <Anchor
        renderRoot={(props) => <Link to="/customers/$customer" params={{ customer: String(customer.id) }} {...props} />}
      >
        {nameOfCustomer(customer)}
      </Anchor>
    ),
  },
  { field: "email", label: "E-mail", render: ({ email }) => email },
  { label: "Name", render: ({ first_name, last_name }) => [first_name, last_name].filter(Boolean).join(" ") },
  { field: "country", label: "Country", render: ({ country }) => country },
  { field: "reference", label: "Reference", render: ({ reference }) => reference },
];

const filters: readonly Filter[] = [
  { kind: "contains", field: "company_name", label: "Company" },
  { kind: "contains", field: "email", label: "E-mail" },
];

export function CustomersPage() {
  const [isAdding, adding] = useDisclosure();
  const add = (
    <ActionButton operation="customer create" onClick={adding.open}>
      Add customer
    </ActionButton>
  );
  return (
    <Page title="Customers" about="Whom licenses are issued to." actions={add}>
      <ListView
        operation="customer list"
        label="Customers"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No customers yet" action={add}>
            A license may name the customer it was issued to; license files carry it.
          </EmptyState>
        }
      />
      {isAdding && (
        <FormDialog
          operation="customer create"
          title="Add customer"
          verb="Add customer"
          done="The customer is there"
          size="lg"
          onClose={adding.close}
        >
          {(fields) => <CustomerForm fields={fields} />}
        </FormDialog>
      )}
    </Page>
  );
}
