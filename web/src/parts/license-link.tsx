import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** Leads to a license. @param children what it is called; its id unless said */
export function LicenseLink({ id, children }: { readonly id: number; readonly children?: ReactNode }) {
  return (
    <Anchor renderRoot={(props) => <Link to="/licenses/$license" params={{ license: String(id) }} {...props} />}>
      {children ?? `License ${id}`}
    </Anchor>
  );
}
