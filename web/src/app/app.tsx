import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { makeQueryClient } from "../api/queries.ts";
import { Gate } from "./gate.tsx";
import { makeRouter } from "./router.tsx";
import { servedNonce, servedSide } from "./served-by.ts";
import { SessionProvider } from "./session.tsx";
import { cssVariables, theme } from "./theme.ts";

export function App() {
  const [client] = useState(makeQueryClient);
  const [router] = useState(() => makeRouter(servedSide));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => servedNonce}
    >
      <QueryClientProvider client={client}>
        <SessionProvider>
          <Notifications position="bottom-right" />
          <Gate>
            <RouterProvider router={router} />
          </Gate>
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
