import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useReply } from "../../api/queries.ts";
import { useSession } from "../../app/session.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";

/** There is nothing yet whose seats could be shown. */
export function NoPools() {
  const { side } = useSession();
  const status = useReply("server show");
  return (
    <WhenLoaded query={status}>
      {({ reply: { licenses } }) => {
        if (side === "floating") return licenses === 0 ? <NoneImported /> : <NoneFloatsHere licenses={licenses} />;
        return licenses === 0 ? <NoneIssued /> : <NoneFloatsInTheCloud />;
      }}
    </WhenLoaded>
  );
}

function NoneImported() {
  return (
    <EmptyState title="No license imported yet" action={<To path="/licenses/import">Import a license</To>}>
      This server hands out the seats of the licenses that are imported on it. A license file comes from the vendor.
    </EmptyState>
  );
}

function NoneFloatsHere({ licenses }: { readonly licenses: number }) {
  return (
    <EmptyState title="No license here has seats" action={<To path="/licenses">See the licenses</To>}>
      {licenses === 1 ? "The license" : `None of the ${licenses} licenses`} on this server{" "}
      {licenses === 1 ? "does not float" : "floats"} here, nor do its features. What floats is decided by the vendor; a
      changed license comes as a refresh file.
    </EmptyState>
  );
}

function NoneIssued() {
  return (
    <EmptyState title="No license issued yet" action={<To path="/licenses/issue">Issue a license</To>}>
      Seats of licenses and features that float in the cloud are shown here, as soon as there is a license of them.
    </EmptyState>
  );
}

function NoneFloatsInTheCloud() {
  return (
    <EmptyState title="No license floats in the cloud" action={<To path="/products">See the products</To>}>
      Tick “Floating (cloud)” on a feature of a product: licenses issued from then on have seats here. Seats of offline
      floating features are shown by the floating server of the customer.
    </EmptyState>
  );
}

function To({ path, children }: { readonly path: string; readonly children: string }) {
  return <Button renderRoot={(props) => <Link to={path} {...props} />}>{children}</Button>;
}
