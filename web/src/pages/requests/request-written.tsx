import { Anchor, Modal } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReplyOf } from "../../api/operation.ts";
import { fileName } from "../../parts/save-file.ts";
import { Steps } from "../../parts/steps.tsx";
import { WrittenFile } from "../../parts/written-file.tsx";

/** An activation request that has just been written, and the way of its file. */
export function RequestWritten({
  written,
  onClose,
}: {
  /** Undefined shows nothing. */
  readonly written: ReplyOf<"request create"> | undefined;
  onClose(): void;
}) {
  return (
    <Modal
      opened={written !== undefined}
      onClose={onClose}
      title="The activation request is written"
      size="lg"
      closeOnClickOutside={false}
    >
      {written !== undefined && (
        <WrittenFile name={requestFileName(written)} text={written.file} label="request file">
          <Steps>
            {[
              "Send this file to the vendor. It is not kept here; if it is lost, create another request.",
              "The vendor answers it in their offline portal, and sends a license file back.",
              <span key="import">
                <Anchor underline="always" renderRoot={(props) => <Link to="/licenses/import" {...props} />}>
                  Import the license file
                </Anchor>{" "}
                on this server. Each request is good for one file, on this server only.
              </span>,
            ]}
          </Steps>
        </WrittenFile>
      )}
    </Modal>
  );
}

export function requestFileName({ request_id }: ReplyOf<"request create">): string {
  return fileName(["activate", request_id.slice(0, 8)], ".req");
}
