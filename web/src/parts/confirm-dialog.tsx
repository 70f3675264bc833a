import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { Given, OperationName, ReplyOf } from "../api/operation.ts";
import { useChange } from "../api/queries.ts";
import { CommandHint } from "./command-hint.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { told } from "./told.ts";

/** Asks before something is taken away, and does it. */
export function ConfirmDialog<Name extends OperationName>({
  isOpen,
  title,
  children,
  verb,
  operation,
  given,
  etag,
  done,
  onClose,
  onDone,
}: {
  readonly isOpen: boolean;
  readonly title: string;
  /** What will happen, and what will not come back. */
  readonly children: ReactNode;
  /** On the button. */
  readonly verb: string;
  readonly operation: Name;
  readonly given: Given<Name>;
  readonly etag?: string | null;
  /** Told when it is done. */
  readonly done: string;
  onClose(): void;
  onDone?(reply: ReplyOf<Name>): void;
}) {
  const change = useChange(operation);
  const close = () => {
    change.reset();
    onClose();
  };
  const run = () =>
    change.mutate({ ...given, etag } as never, {
      onSuccess: ({ reply }) => {
        told(done);
        close();
        onDone?.(reply);
      },
    });
  return (
    <Modal opened={isOpen} onClose={close} title={title} centered>
      <Stack>
        {children}
        {change.isError && <ProblemAlert error={change.error} />}
        <Group justify="space-between">
          <CommandHint operation={operation} given={given} />
          <Group gap="xs">
            <Button variant="default" onClick={close} data-autofocus>
              Cancel
            </Button>
            <Button color="red" onClick={run} loading={change.isPending}>
              {verb}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
