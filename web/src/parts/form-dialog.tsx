import { Button, Group, Modal, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import type { Given, OperationName, ReplyOf } from "../api/operation.ts";
import { toProblem } from "../api/problem.ts";
import { useChange } from "../api/queries.ts";
import { CommandHint } from "./command-hint.tsx";
import { FieldInput } from "./field-input.tsx";
import type { Choices } from "./filter-bar.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { told } from "./told.ts";
import { type Fields, useFields, type Values } from "./use-fields.ts";

interface FormDialogProps<Name extends OperationName> {
  readonly operation: Name;
  readonly title: string;
  /** On the button. */
  readonly verb: string;
  readonly params?: Given<Name>["params"];
  /** The thing as it is, where one is changed: only what differs is sent. */
  readonly initial?: Values;
  /** What is filled in at first, where a thing is made. */
  readonly preset?: Values;
  /** `If-Match`: refused where somebody else changed it meanwhile. */
  readonly etag?: string | null;
  /** The fields shown, in their order; or the form as a whole. */
  readonly fields?: readonly string[];
  readonly choices?: Readonly<Record<string, Choices>>;
  readonly children?: (fields: Fields) => ReactNode;
  /** Told when it is done. */
  readonly done: string;
  readonly size?: string;
  onClose(): void;
  onDone?(reply: ReplyOf<Name>): void;
  /** Reads the thing anew, where somebody else has changed it; what was typed stays. */
  onReadAgain?(): Promise<void>;
}

/** A dialog that fills in an operation's body. Mount it when it opens: it begins anew each time. */
export function FormDialog<Name extends OperationName>(props: FormDialogProps<Name>) {
  const {
    operation,
    title,
    verb,
    params,
    initial,
    preset,
    etag,
    choices = {},
    children,
    done,
    size = "md",
    onClose,
    onDone,
    onReadAgain,
  } = props;
  const fields = useFields(operation, initial ?? preset);
  const change = useChange(operation);
  const given = {
    params,
    body: initial === undefined ? defined(fields.values) : defined(fields.changed),
  } as Given<Name>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!fields.check()) return;
    change.mutate({ ...given, etag } as never, {
      onSuccess: ({ reply }) => {
        told(done);
        onClose();
        onDone?.(reply);
      },
      onError: fields.showErrors,
    });
  };
  const names = props.fields ?? [...fields.entries.keys()];
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={Object.keys(fields.changed).length === 0}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {children === undefined
            ? names.map((name) => <FieldInput key={name} {...fields.bind(name)} choices={choices[name]} />)
            : children(fields)}
          {change.isError && <ProblemAlert error={change.error} />}
          {change.isError && toProblem(change.error).code === "stale" && onReadAgain !== undefined && (
            <Button variant="default" onClick={() => onReadAgain().then(change.reset)}>
              Read it again, and keep what I typed
            </Button>
          )}
          <Group justify="space-between">
            <CommandHint operation={operation} given={given} />
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={change.isPending}>
                {verb}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Without fields that say nothing. */
function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
