import { Anchor, Box, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

/** A page: its heading, what it is for, and what can be done on it. */
export function Page({
  title,
  about,
  up,
  actions,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  /** Where it came from: the list of things like this. */
  readonly up?: { readonly to: string; readonly label: string };
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Seatkeeper`;
  }, [title]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box style={{ flex: "1 1 16rem", minWidth: 0 }}>
          {up !== undefined && (
            <Anchor renderRoot={(props) => <Link to={up.to} {...props} />} size="sm">
              ← {up.label}
            </Anchor>
          )}
          <Title order={1} size="h2">
            {title}
          </Title>
          {about !== undefined && (
            <Text c="dimmed" size="sm" component="div">
              {about}
            </Text>
          )}
        </Box>
        <Group gap="xs">{actions}</Group>
      </Group>
      {children}
    </Stack>
  );
}
