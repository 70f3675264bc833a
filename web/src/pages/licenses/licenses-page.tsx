import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../../app/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { columnsOf, filtersOf } from "./license-columns.tsx";
import { nameOf } from "./license-state.tsx";

type Selected = ReadonlySet<string | number>;

/** All licenses; at the vendor many can be changed at once. */
export function LicensesPage() {
  const { side } = useSession();
  const isVendor = side === "vendor";
  const [selected, setSelected] = useState<Selected>(new Set());
  const selection = { selected, onSelect: setSelected, rowName: nameOf };
  return (
    <Page
      title="Licenses"
      about={isVendor ? "What customers have bought of your products." : "What this server hands out the seats of."}
      actions={isVendor ? <IssueButton /> : <FloatingActions />}
    >
      {isVendor && <BulkBar selected={selected} onSelect={setSelected} />}
      <ListView
        operation="license list"
        label="Licenses"
        columns={columnsOf(side)}
        filters={filtersOf(side)}
        order="-id"
        rowKey={({ id }) => id}
        {...(isVendor && { selection })}
        empty={
          isVendor ? (
            <EmptyState title="No licenses yet" action={<IssueButton />}>
              Issue a license of a product. Its key activates the product on a customer's device or floating server.
            </EmptyState>
          ) : (
            <EmptyState title="No licenses yet" action={<FloatingActions />}>
              Create an activation request and send it to your vendor. What comes back is a license file: import it
              here.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function IssueButton() {
  const navigate = useNavigate();
  return (
    <ActionButton operation="license create" onClick={() => navigate({ to: "/licenses/issue" })}>
      Issue license
    </ActionButton>
  );
}

function FloatingActions() {
  const navigate = useNavigate();
  return (
    <>
      <ActionButton operation="request create" variant="default" onClick={() => navigate({ to: "/requests" })}>
        Create activation request
      </ActionButton>
      <ActionButton operation="license import" onClick={() => navigate({ to: "/licenses/import" })}>
        Import license file
      </ActionButton>
    </>
  );
}
