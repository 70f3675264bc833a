import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import type { ReplyOf } from "../../api/operation.ts";
import { useWhyNot } from "../../app/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Page } from "../../parts/page.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { CreateRequestDialog } from "./create-request-dialog.tsx";
import { RequestList } from "./request-list.tsx";
import { RequestWritten, requestFileName } from "./request-written.tsx";

/** The request files of a floating server: how licenses are asked for, and given back. */
export function RequestsPage() {
  const [isCreating, creating] = useDisclosure();
  const [written, setWritten] = useState<ReplyOf<"request create">>();
  const whyNot = useWhyNot("request list");
  const keep = (reply: ReplyOf<"request create">) => {
    saveFile(requestFileName(reply), reply.file);
    setWritten(reply);
  };
  const create = (
    <ActionButton operation="request create" onClick={creating.open}>
      Create activation request
    </ActionButton>
  );
  return (
    <Page
      title="Requests"
      about="Files for the vendor: an activation request asks for a license, a deactivation request gives one back."
      actions={create}
    >
      {whyNot === undefined ? (
        <RequestList create={create} />
      ) : (
        <EmptyState title="You cannot see the requests">They hold license keys: this {whyNot}.</EmptyState>
      )}
      {isCreating && <CreateRequestDialog onClose={creating.close} onDone={keep} />}
      <RequestWritten written={written} onClose={() => setWritten(undefined)} />
    </Page>
  );
}
