import { Alert, Button, Code, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { BodyOf, ReplyOf } from "../../api/operation.ts";
import { useChange } from "../../api/queries.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { told } from "../../parts/told.ts";
import { countOf, WHAT_HAPPENS } from "./what-happens.ts";

export type BulkAction = BodyOf<"license bulk">["action"];
type Failed = ReplyOf<"license bulk">["failed"];

/** What one request takes. */
const MOST_AT_ONCE = 1_000;
const DONE = { enable: "enabled", disable: "disabled", reset: "reset", delete: "deleted" } as const;

/** Asks before many licenses are changed, does it, and tells which of them were not. */
export function BulkDialog({
  action,
  ids,
  onDone,
  onClose,
}: {
  readonly action: BulkAction;
  readonly ids: readonly number[];
  onDone(failed: readonly number[]): void;
  onClose(): void;
}) {
  // The selection changes when it is done; the dialog is about what was selected when it opened.
  const [meant] = useState(ids);
  const [failed, setFailed] = useState<Failed>();
  const change = useChange("license bulk");
  const run = async () => {
    const missed: Failed = [];
    try {
      for (let from = 0; from < meant.length; from += MOST_AT_ONCE) {
        const body = { action, ids: meant.slice(from, from + MOST_AT_ONCE) };
        missed.push(...(await change.mutateAsync({ body })).reply.failed);
      }
    } catch {
      // The dialog tells it, by the mutation's error.
      return;
    }
    onDone(missed.map(({ id }) => id));
    if (missed.length > 0) return setFailed(missed);
    told(`${countOf(meant.length, "license")} ${DONE[action]}`);
    onClose();
  };
  const { title, text } = WHAT_HAPPENS[action];
  return (
    <Modal opened onClose={onClose} title={`${title} ${countOf(meant.length, "license")}?`} centered>
      <Stack>
        {failed === undefined ? (
          <Text size="sm">{text}</Text>
        ) : (
          <Result done={meant.length - failed.length} action={action} failed={failed} />
        )}
        {change.isError && <ProblemAlert error={change.error} />}
        <Group justify="space-between">
          <CommandHint operation="license bulk" given={{ body: { action, ids: [...meant] } }} />
          {failed === undefined ? (
            <Group gap="xs">
              <Button variant="default" onClick={onClose} data-autofocus>
                Cancel
              </Button>
              <Button
                {...((action === "delete" || action === "disable" || action === "reset") && { color: "red" })}
                onClick={run}
                loading={change.isPending}
              >
                {title}
              </Button>
            </Group>
          ) : (
            <Button onClick={onClose}>Close</Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Result({
  done,
  action,
  failed,
}: {
  readonly done: number;
  readonly action: BulkAction;
  readonly failed: Failed;
}) {
  return (
    <Alert color="orange" role="alert" title={`${done} ${DONE[action]}, ${failed.length} not`}>
      <List size="sm">
        {failed.map(({ id, code }) => (
          <List.Item key={id}>
            License {id}: {code === "does_not_exist" ? "it is not there any more" : <Code>{code}</Code>}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
