import { Box, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** The heading of a part of a page, what it is for, and what can be done there. */
export function TabHead({
  title,
  about,
  actions,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Box style={{ flex: "1 1 16rem", minWidth: 0 }}>
        <Title order={2} size="h4">
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
  );
}
