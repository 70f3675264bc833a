import { Center, Loader, Modal } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { LogIn } from "../pages/session/log-in.tsx";
import { useSessionState } from "./session.tsx";

// Seen once in the life of a server.
const SetUp = lazy(() => import("../pages/session/set-up.tsx"));

/** Lets in who is logged in. What the one-time link brings is taken out of the address, so that no history keeps it. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { session, hasEnded } = useSessionState();
  const [setupToken, setSetupToken] = useState(takeSetupToken);
  useEscapeOff(hasEnded);
  if (setupToken !== undefined) {
    return (
      <Suspense>
        <SetUp token={setupToken} onDone={() => setSetupToken(undefined)} />
      </Suspense>
    );
  }
  if (session === undefined) {
    return (
      <Center h="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  if (session === null) return <LogIn />;
  return (
    <>
      {children}
      <Modal
        opened={hasEnded}
        onClose={() => {}}
        withCloseButton={false}
        closeOnEscape={false}
        // Above every dialog that was open.
        zIndex={1_000}
        title="Your session has ended"
        centered
      >
        <LogIn isInPlace />
      </Modal>
    </>
  );
}

/** Esc would close the dialogs below, and what was typed there would be lost. */
function useEscapeOff(isOff: boolean): void {
  const isOffNow = useRef(isOff);
  isOffNow.current = isOff;
  useEffect(() => {
    // Listens before any dialog does, since it begins with the pages.
    const hear = (event: KeyboardEvent) => {
      if (isOffNow.current && event.key === "Escape") event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", hear, { capture: true });
    return () => window.removeEventListener("keydown", hear, { capture: true });
  }, []);
}

function takeSetupToken(): string | undefined {
  const token = /^#setup=([\w-]+)$/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, "", location.pathname);
  return token;
}
