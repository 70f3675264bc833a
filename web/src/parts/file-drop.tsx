import { Paper, Stack, Text } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import type { OperationName } from "../api/operation.ts";
import { useWhyNot } from "../app/session.tsx";
import { ActionButton } from "./action-button.tsx";

const MOST_BYTES = 1_048_576;

/** Takes a text file by drop or by choice. */
export function FileDrop({
  label,
  about,
  accept,
  operation = "session show",
  onText,
}: {
  readonly label: string;
  readonly about: string;
  /** Endings of file names, separated by commas. */
  readonly accept?: string;
  /** What the file is for: who may not do that can drop none, and sees why. */
  readonly operation?: OperationName;
  onText(text: string, fileName: string): void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [problem, setProblem] = useState<string>();
  const whyNot = useWhyNot(operation);
  const take = async (files: FileList | null) => {
    const [file] = files ?? [];
    if (file === undefined) return;
    const isTooMuch = (files?.length ?? 0) > 1 || file.size > MOST_BYTES;
    const found = whyNot ?? (isTooMuch ? "One file at a time, of 1 MB at most" : undefined);
    setProblem(found);
    if (found === undefined) onText(await file.text(), file.name);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <Paper
      withBorder
      p="lg"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      style={{ borderStyle: "dashed", ...(isOver && { borderColor: "var(--mantine-primary-color-filled)" }) }}
    >
      <Stack align="center" gap="xs">
        <Text fw={600}>{label}</Text>
        <Text c="dimmed" size="sm" ta="center">
          {about}
        </Text>
        <ActionButton operation={operation} variant="default" onClick={() => input.current?.click()}>
          Choose a file
        </ActionButton>
        <input
          ref={input}
          type="file"
          aria-label={label}
          accept={accept}
          hidden
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
        {problem !== undefined && (
          <Text c="red" size="sm" role="alert">
            {problem}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
