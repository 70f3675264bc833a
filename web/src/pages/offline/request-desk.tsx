import { Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useReply } from "../../api/queries.ts";
import { FileDrop } from "../../parts/file-drop.tsx";
import { FileRefused } from "../../parts/file-refused.tsx";
import { RequestShown } from "./request-shown.tsx";

/** Takes a request file, and shows what it asks for before anything is done. [UI-10] */
export function RequestDesk() {
  const [dropped, setDropped] = useState<{ readonly file: string; readonly at: number }>();
  return (
    <Stack>
      <FileDrop
        label={dropped === undefined ? "Drop a request file here" : "Drop another request file here"}
        about="The .req file of a customer, for activation or deactivation. Nothing is done before you say so."
        operation="request inspect"
        onText={(file) => setDropped({ file, at: Date.now() })}
      />
      {/* Whatever comes of one file is gone with the next. */}
      {dropped !== undefined && <Inspected key={dropped.at} file={dropped.file} />}
    </Stack>
  );
}

function Inspected({ file }: { readonly file: string }) {
  const inspection = useReply("request inspect", { body: { file } });
  if (inspection.isError) return <FileRefused error={inspection.error} />;
  if (inspection.data === undefined) return <Skeleton h={220} aria-label="Loading" />;
  return <RequestShown request={inspection.data.reply} file={file} />;
}
