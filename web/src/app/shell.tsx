import { AppShell, Burger, Button, Group, Kbd, NavLink, Stack, Text } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { AccountMenu } from "./account-menu.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { Palette } from "./palette.tsx";
import { GROUPS } from "./places.ts";
import { SchemeSwitch } from "./scheme-switch.tsx";
import { useSession } from "./session.tsx";
import { usePlaces } from "./use-places.ts";

/** What is around every page: the menu, the palette, the help. */
export function Shell() {
  const { side } = useSession();
  const { pathname } = useLocation();
  const [isMenuOpen, menu] = useDisclosure();
  const [isPaletteOpen, palette] = useDisclosure();
  const [isHelpOpen, help] = useDisclosure();
  useHotkeys([
    ["mod+K", palette.open],
    ["shift+?", help.open],
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a phone closes once it has led somewhere
  useEffect(menu.close, [pathname]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !isMenuOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <a className="skip-link" href="#page">
          Skip to the page
        </a>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={isMenuOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Menu"
              aria-expanded={isMenuOpen}
            />
            <Text fw={700} style={{ whiteSpace: "nowrap" }}>
              Seatkeeper
            </Text>
            <Text c="dimmed" size="sm" visibleFrom="xs">
              {side === "vendor" ? "vendor" : "floating server"}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" size="xs" onClick={palette.open} rightSection={<Kbd size="xs">⌘K</Kbd>}>
              Go to
            </Button>
            <Button variant="default" size="xs" onClick={help.open} aria-label="Help" visibleFrom="xs">
              ?
            </Button>
            <SchemeSwitch />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" style={{ overflowY: "auto" }} aria-label="Pages">
        <Menu />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <Palette isOpen={isPaletteOpen} onClose={palette.close} />
      <HelpDialog isOpen={isHelpOpen} onClose={help.close} />
    </AppShell>
  );
}

function Menu() {
  const places = usePlaces();
  const { pathname } = useLocation();
  return (
    <Stack gap="sm">
      {GROUPS.map((group) => {
        const ofGroup = places.filter((place) => place.group === group);
        if (ofGroup.length === 0) return null;
        return (
          <div key={group}>
            <Text size="xs" c="dimmed" fw={600} px="xs">
              {group}
            </Text>
            {ofGroup.map(({ path, label }) => {
              const isHere = pathname === path || pathname.startsWith(`${path}/`);
              return (
                <NavLink
                  key={path}
                  label={label}
                  active={isHere}
                  aria-current={isHere ? "page" : undefined}
                  py={6}
                  renderRoot={(props) => <Link to={path} {...props} />}
                />
              );
            })}
          </div>
        );
      })}
    </Stack>
  );
}
