import { Button, Menu, useMantineColorScheme } from "@mantine/core";

const SCHEMES = [
  ["light", "Light"],
  ["dark", "Dark"],
  ["auto", "As the system"],
] as const;

/** Light, dark, or as the system has it. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" px={8} aria-label="Colors" visibleFrom="xs">
          ◐
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(([value, label]) => (
          <Menu.Item
            key={value}
            aria-current={colorScheme === value}
            onClick={() => setColorScheme(value)}
            leftSection={colorScheme === value ? "✓" : "\u2003"}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
