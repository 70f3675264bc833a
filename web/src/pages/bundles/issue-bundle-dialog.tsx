import { Alert } from "@mantine/core";
import type { BundleIssueReply } from "../../../../schemas/management.d.ts";
import { useReply } from "../../api/queries.ts";
import { FieldInput } from "../../parts/field-input.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { useFoundChoices } from "../../parts/found-choices.ts";
import { appliedTerms, termProblems } from "../../parts/terms/applied-terms.ts";
import { ConsumptionFields } from "../../parts/terms/consumption-fields.tsx";
import { DeviceFields } from "../../parts/terms/device-fields.tsx";
import { FloatingFields } from "../../parts/terms/floating-fields.tsx";
import { ValidityFields } from "../../parts/terms/validity-fields.tsx";
import type { Fields } from "../../parts/use-fields.ts";
import type { Bundle } from "./bundle-columns.tsx";
import { UsersField } from "./users-field.tsx";

interface IssueBundleDialogProps {
  readonly bundle: Bundle;
  onClose(): void;
  onIssued(issued: BundleIssueReply): void;
}

/** Issues a license of each product of a bundle: all of them, or none. */
export function IssueBundleDialog({ bundle, onClose, onIssued }: IssueBundleDialogProps) {
  const [first = ""] = bundle.product_codes;
  const product = useReply("product show", { params: { product: first } });
  const hasUsers = product.data?.reply.authorization_method === "user";
  return (
    <FormDialog
      operation="bundle issue"
      params={{ bundle: bundle.code }}
      title={`Issue ${bundle.name}`}
      verb="Issue licenses"
      done="The licenses are issued"
      size="lg"
      defaults={{ type: "perpetual" }}
      problems={termProblems}
      toBody={appliedTerms}
      onClose={onClose}
      onDone={onIssued}
    >
      {(fields) => <IssueForm fields={fields} bundle={bundle} hasUsers={hasUsers} />}
    </FormDialog>
  );
}

function IssueForm({
  fields,
  bundle,
  hasUsers,
}: {
  readonly fields: Fields;
  readonly bundle: Bundle;
  readonly hasUsers: boolean;
}) {
  const customers = useFoundChoices("customer list", "company_name", ({ id, company_name, email }) => ({
    value: String(id),
    label: [company_name, email].filter(Boolean).join(", ") || `Customer ${id}`,
  }));
  const orders = useFoundChoices("order list", "store_id", ({ id, store_id }) => ({
    value: String(id),
    label: store_id,
  }));
  const { bind } = fields;
  return (
    <>
      <Alert color="seat">
        A license of each of {bundle.product_codes.join(", ")}, with every feature as its product has it: all of them,
        or none.
      </Alert>
      {hasUsers ? (
        <UsersField {...bind("users")} />
      ) : (
        <FieldInput {...bind("key")} label="License key" about="Of all the licenses. Left empty: a new one is made." />
      )}
      <ValidityFields fields={fields} />
      <ConsumptionFields fields={fields} />
      <FloatingFields fields={fields} of="license" />
      <DeviceFields fields={fields} hasUsers={hasUsers} />
      <FieldInput
        {...bind("customer_id")}
        about="Whom they are issued to; license files carry it. Type a part of the company's name."
        choices={customers.data}
        onSearch={customers.onSearchChange}
      />
      <FieldInput
        {...bind("order_id")}
        about="The purchase. Type a part of the shop's number."
        choices={orders.data}
        onSearch={orders.onSearchChange}
      />
      <FieldInput {...bind("metadata")} about="Anything of your own, as JSON. Applications can read it." />
    </>
  );
}
