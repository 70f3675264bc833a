import { Container } from "@mantine/core";
import type { ReactNode } from "react";

/** What is seen before one is in. */
export function Doorway({ children }: { readonly children: ReactNode }) {
  return (
    <Container component="main" size={440} py={60}>
      {children}
    </Container>
  );
}
