import { Modal, Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import { type Answer, call } from "../api/call.ts";
import type { Given, OperationName, ParamsOf, ReplyOf } from "../api/operation.ts";
import { FormDialog, type FormDialogProps } from "./form-dialog.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import type { Values } from "./use-fields.ts";

interface EditDialogProps<Show extends OperationName, Update extends OperationName>
  extends Omit<FormDialogProps<Update>, "initial" | "defaults" | "etag" | "params" | "verb" | "onReadAgain"> {
  /** On the button. */
  readonly verb?: string;
  /** What shows the thing. */
  readonly show: Show;
  readonly params: ParamsOf<Show> & ParamsOf<Update>;
  /** The fields of the form of the thing as it is. */
  readonly toInitial?: (reply: ReplyOf<Show>) => Values;
}

/**
 * Changes a thing. It is read as the dialog opens and not again: a change that somebody else makes meanwhile is refused
 * with a sentence, not overwritten; it can be read again then, and what was typed stays.
 */
export function EditDialog<Show extends OperationName, Update extends OperationName>(
  props: EditDialogProps<Show, Update>,
) {
  const { show, params, toInitial = (reply) => reply as Values, ...form } = props;
  const [answer, setAnswer] = useState<Answer<Show>>();
  const [error, setError] = useState<unknown>();
  const read = () => call(show, { params } as Given<Show>).then(setAnswer, setError);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the dialog opens
  useEffect(() => {
    read();
  }, []);
  if (answer !== undefined) {
    const initial = toInitial(answer.reply);
    const all = { verb: "Save", ...form, params, initial, etag: answer.etag, onReadAgain: read };
    return <FormDialog {...(all as unknown as FormDialogProps<Update>)} />;
  }
  return (
    <Modal opened onClose={form.onClose} title={form.title} size={form.size ?? "md"}>
      {error === undefined ? <Skeleton h={220} aria-label="Loading" /> : <ProblemAlert error={error} />}
    </Modal>
  );
}
