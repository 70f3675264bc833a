import { Anchor, Paper, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { nameOfCustomer } from "../../api/customer-names.ts";
import type { ReplyOf } from "../../api/operation.ts";
import { useReply } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { KeyValues } from "../../parts/key-values.tsx";
import { Page } from "../../parts/page.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import { CustomerForm } from "./customer-form.tsx";
import { CustomerLicenses } from "./customer-licenses.tsx";
import { CustomerOrders } from "./customer-orders.tsx";

type Customer = ReplyOf<"customer show">;

const up = { to: "/customers", label: "Customers" };

/** One customer: what is known of it, and what it bought. */
export function CustomerPage() {
  const { customer } = useParams({ strict: false }) as { customer: string };
  const query = useReply("customer show", { params: { customer: Number(customer) } });
  const name = query.data === undefined ? `Customer ${customer}` : nameOfCustomer(query.data.reply);
  return (
    <Page
      title={name}
      up={up}
      actions={query.data !== undefined && <CustomerActions customer={query.data.reply} etag={query.data.etag} />}
    >
      <WhenLoaded query={query}>
        {({ reply }) => (
          <>
            <Paper withBorder p="md">
              <CustomerDetails customer={reply} />
            </Paper>
            <Title order={2} size="h4">
              Licenses
            </Title>
            <CustomerLicenses id={reply.id} />
            <CustomerOrders id={reply.id} />
          </>
        )}
      </WhenLoaded>
    </Page>
  );
}

function CustomerActions({ customer, etag }: { readonly customer: Customer; readonly etag: string | null }) {
  const [isEditing, editing] = useDisclosure();
  const [isDeleting, deleting] = useDisclosure();
  const navigate = useNavigate();
  const name = nameOfCustomer(customer);
  return (
    <>
      <ActionButton operation="customer update" variant="default" onClick={editing.open}>
        Edit
      </ActionButton>
      <ActionButton operation="customer delete" variant="default" onClick={deleting.open}>
        Delete
      </ActionButton>
      {isEditing && (
        <EditDialog
          show="customer show"
          operation="customer update"
          params={{ customer: customer.id }}
          title={`Edit ${name}`}
          done="The customer is changed"
          size="lg"
          onClose={editing.close}
        >
          {(fields) => <CustomerForm fields={fields} />}
        </EditDialog>
      )}
      <ConfirmDialog
        isOpen={isDeleting}
        title={`Delete ${name}?`}
        verb="Delete customer"
        operation="customer delete"
        given={{ params: { customer: customer.id } }}
        etag={etag}
        done="The customer is gone"
        onClose={deleting.close}
        onDone={() => navigate({ to: up.to })}
      >
        A customer with licenses, orders or license users stays: delete those first, or give them to another customer.
      </ConfirmDialog>
    </>
  );
}

function CustomerDetails({ customer }: { readonly customer: Customer }) {
  const { id, email, first_name, last_name, phone, reference, account_code, metadata } = customer;
  const { address, postcode, city, state, country } = customer;
  const place = [address, [postcode, city].filter(Boolean).join(" "), state, country].filter(Boolean).join(", ");
  const hasMetadata = Object.keys(metadata).length > 0;
  return (
    <KeyValues
      rows={[
        ["Company", customer.company_name],
        ["E-mail", email],
        ["Name", [first_name, last_name].filter(Boolean).join(" ")],
        ["Phone", phone],
        ["Address", place],
        ["Your reference", reference],
        ["Account code", account_code === "" ? undefined : account_code],
        ["Metadata", hasMetadata ? JSON.stringify(metadata) : undefined],
        [
          "License users",
          <Anchor
            key="users"
            renderRoot={(props) => <Link to="/users" search={{ customer_id: String(id) } as never} {...props} />}
          >
            Those of this customer
          </Anchor>,
        ],
        ["Id", id],
      ]}
    />
  );
}
