import { Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { useSession, useSessionState } from "./session.tsx";

const ChangePassword = lazy(() => import("../pages/session/change-password.tsx"));

/** Who is logged in, and the way out. */
export function AccountMenu() {
  const { name, role } = useSession();
  const { begin, end } = useSessionState();
  const [isChanging, changing] = useDisclosure();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" maw={140}>
            {name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {name} is {role}
          </Menu.Label>
          <Menu.Item onClick={changing.open}>Change password</Menu.Item>
          <Menu.Item onClick={end}>Log out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChanging && (
        <Suspense>
          <ChangePassword onClose={changing.close} onDone={begin} />
        </Suspense>
      )}
    </>
  );
}
