import { type ReactNode, useEffect, useState } from "react";
import type { Answer } from "../api/call.ts";
import type { Given, OperationName, ReplyOf } from "../api/operation.ts";
import { useReply } from "../api/queries.ts";
import type { Choices } from "./filter-bar.tsx";
import { FormDialog } from "./form-dialog.tsx";
import type { Fields, Values } from "./use-fields.ts";
import { WhenLoaded } from "./when-loaded.tsx";

interface EditDialogProps<Show extends OperationName, Update extends OperationName> {
  /** Reads the thing as it is, with the tag that the change is conditional on. */
  readonly show: Show;
  readonly operation: Update;
  readonly params: Given<Show>["params"] & Given<Update>["params"];
  readonly title: string;
  readonly fields?: readonly string[];
  readonly choices?: Readonly<Record<string, Choices>>;
  readonly children?: (fields: Fields) => ReactNode;
  readonly done: string;
  readonly size?: string;
  onClose(): void;
  onDone?(reply: ReplyOf<Update>): void;
}

/**
 * Changes one thing. It is read when the dialog opens, and is changed only if it still is as it was then: what somebody
 * else changes meanwhile is neither lost nor mixed in unseen.
 */
export function EditDialog<Show extends OperationName, Update extends OperationName>(
  props: EditDialogProps<Show, Update>,
) {
  const { show, operation, params, ...rest } = props;
  const query = useReply(show, { params } as Given<Show>, { isFresh: true });
  const [read, setRead] = useState<Answer<Show>>();
  const { data, isFetchedAfterMount, refetch } = query;
  useEffect(() => {
    if (isFetchedAfterMount && data !== undefined) setRead((before) => before ?? data);
  }, [data, isFetchedAfterMount]);
  const readAgain = () => refetch().then(({ data }) => setRead(data));
  if (read === undefined) return query.isError ? <WhenLoaded query={query}>{() => null}</WhenLoaded> : null;
  return (
    <FormDialog
      {...rest}
      operation={operation}
      params={params}
      verb="Save"
      initial={read.reply as Values}
      etag={read.etag}
      onReadAgain={readAgain}
    />
  );
}
