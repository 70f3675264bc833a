import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyText } from "./copy-text.tsx";
import { saveFile } from "./save-file.ts";

/** A file that the server has just written: to be saved, or copied as text, and what to do with it. */
export function WrittenFile({
  name,
  text,
  label,
  children,
}: {
  readonly name: string;
  readonly text: string;
  /** What it is, "license file". */
  readonly label: string;
  /** What happens next. */
  readonly children: ReactNode;
}) {
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button onClick={() => saveFile(name, text)}>Download {label}</Button>
        <Text size="sm" c="dimmed">
          {name}
        </Text>
      </Group>
      <Text size="sm" component="div">
        {children}
      </Text>
      <Text size="sm" component="details">
        <summary>As text, to copy</summary>
        <CopyText text={text} label={label} isLong />
      </Text>
    </Stack>
  );
}
