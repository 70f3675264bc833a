import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useCustomerName } from "../api/customer-names.ts";

/** Leads to a customer, by its name. */
export function CustomerLink({ id }: { readonly id: number | null }) {
  return id === null ? "–" : <LinkById id={id} />;
}

function LinkById({ id }: { readonly id: number }) {
  const name = useCustomerName(id);
  return (
    <Anchor renderRoot={(props) => <Link to="/customers/$customer" params={{ customer: String(id) }} {...props} />}>
      {name ?? `Customer ${id}`}
    </Anchor>
  );
}
