import { Group, Paper, Stack, Text } from "@mantine/core";
import type { ItemOf } from "../../api/operation.ts";
import { sentence } from "../../parts/labels.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { duration } from "../../parts/times.tsx";

type Setting = ItemOf<"setting list">;

/** Settings with their value, their meaning and their names. */
export function SettingsTable({ label, settings }: { readonly label: string; readonly settings: readonly Setting[] }) {
  return (
    <Paper withBorder component="ul" aria-label={label} p={0} m={0} style={{ listStyle: "none" }}>
      {settings.map((setting, index) => (
        <li
          key={setting.name}
          style={index === 0 ? undefined : { borderTop: "1px solid var(--mantine-color-default-border)" }}
        >
          <Stack gap={2} px="md" py="xs">
            <Group gap="xs">
              <Text component="code" ff="monospace" size="sm" fw={600}>
                {setting.name}
              </Text>
              <Origin setting={setting} />
              <Text component="code" ff="monospace" size="sm" ml="auto">
                {shown(setting)}
              </Text>
            </Group>
            <About text={setting.about} />
            <Text size="xs" c="dimmed" component="code" ff="monospace">
              --{setting.name} · {setting.environment}
            </Text>
          </Stack>
        </li>
      ))}
    </Paper>
  );
}

/** What stands between backticks is typed as it is. */
function About({ text }: { readonly text: string }) {
  return (
    <Text size="sm">
      {sentence(text)
        .split("`")
        .map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))}
    </Text>
  );
}

function Origin({ setting: { value, is_set, is_secret, default: unset } }: { readonly setting: Setting }) {
  if (!is_set) return <StateBadge tone="plain">not set</StateBadge>;
  if (is_secret) return <StateBadge tone="good">set, never shown</StateBadge>;
  const isDefault = JSON.stringify(value) === JSON.stringify(unset);
  return isDefault ? <StateBadge tone="plain">default</StateBadge> : <StateBadge tone="good">set</StateBadge>;
}

function shown({ name, value, is_secret, is_set }: Setting): string {
  if (is_secret) return is_set ? "••••••" : "";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  if (typeof value === "number" && name.endsWith("-seconds")) return duration(value);
  return value === null ? "" : String(value);
}
