import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useRef } from "react";
import type { Given, OperationName, ReplyOf } from "../api/operation.ts";
import { toProblem } from "../api/problem.ts";
import { useChange } from "../api/queries.ts";
import { CommandHint } from "./command-hint.tsx";
import { FieldInput } from "./field-input.tsx";
import type { Choices } from "./filter-bar.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { told } from "./told.ts";
import { type Fields, useFields, type Values } from "./use-fields.ts";
import { useFocusBack } from "./use-focus-back.ts";

export interface FormDialogProps<Name extends OperationName> {
  readonly operation: Name;
  readonly title: string;
  /** What it means, above the fields. */
  readonly about?: ReactNode;
  /** On the button. */
  readonly verb: string;
  readonly params?: Given<Name>["params"];
  /** The thing as it is, where one is changed: only what differs is sent. */
  readonly initial?: Values;
  /** What something new begins with. */
  readonly defaults?: Values;
  /** `If-Match`: refused where somebody else changed it meanwhile. */
  readonly etag?: string | null;
  /** The fields shown, in their order; or the form as a whole. */
  readonly fields?: readonly string[];
  readonly choices?: Readonly<Record<string, Choices>>;
  readonly children?: (fields: Fields) => ReactNode;
  /** What is wrong beside fields that are needed and left empty, by field. */
  readonly problems?: (values: Values) => Readonly<Record<string, string>>;
  /** What is sent of what was given: fields that mean nothing beside the others are left out. */
  readonly toBody?: (given: Values, values: Values) => Values;
  /** Told when it is done. */
  readonly done: string;
  readonly size?: string;
  /** It takes something away. */
  readonly isDanger?: boolean;
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
    about,
    verb,
    params,
    initial,
    defaults,
    etag,
    choices = {},
    children,
    problems,
    toBody = (given) => given,
    done,
    size = "md",
    isDanger = false,
    onClose,
    onDone,
    onReadAgain,
  } = props;
  const fields = useFields(operation, initial ?? defaults);
  const change = useChange(operation);
  const form = useRef<HTMLFormElement>(null);
  const body = toBody(initial === undefined ? fields.values : fields.changed, fields.values);
  const given = { params, body: defined(initial === undefined ? body : fields.emptied(body)) } as Given<Name>;
  // Who does not see the dialog as a whole is led to what is wrong.
  const showFirstProblem = () =>
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!fields.check(initial === undefined ? {} : body, problems?.(fields.values))) {
      showFirstProblem();
      return;
    }
    change.mutate({ ...given, etag } as never, {
      onSuccess: ({ reply }) => {
        told(done);
        onClose();
        onDone?.(reply);
      },
      onError: (error) => {
        fields.showErrors(error);
        showFirstProblem();
      },
    });
  };
  useFocusBack();
  const names = props.fields ?? [...fields.entries.keys()];
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={Object.keys(fields.changed).length === 0}
    >
      <form ref={form} onSubmit={submit} noValidate>
        <Stack>
          {about !== undefined && (
            <Text size="sm" c="dimmed" component="div">
              {about}
            </Text>
          )}
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
              <Button type="submit" loading={change.isPending} {...(isDanger && { color: "red" })}>
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
