import { Code, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useReply } from "../../api/queries.ts";
import { FileDrop } from "../../parts/file-drop.tsx";
import { FileRefused } from "../../parts/file-refused.tsx";
import { Page } from "../../parts/page.tsx";
import { ImportPreview } from "./import-preview.tsx";

/** How a license comes to a floating server: a file is looked at, and then imported. [UI-10] */
export function ImportLicensePage() {
  const [dropped, setDropped] = useState<{ readonly file: string; readonly at: number }>();
  const hardwareId = useReply("server show").data?.reply.hardware_id;
  return (
    <Page
      title="Import license"
      up={{ to: "/licenses", label: "Licenses" }}
      about={
        <>
          License files come from the vendor, as answer to a request of this server or to refresh a license.
          {hardwareId != null && (
            <>
              {" "}
              They are for one server; this one's hardware id is <Code>{hardwareId}</Code>.
            </>
          )}
        </>
      }
    >
      <Stack>
        <FileDrop
          label={dropped === undefined ? "Drop a license file here" : "Drop another license file here"}
          about="The .lic file of your vendor. You see what it would change before anything is done."
          operation="license import"
          onText={(file) => setDropped({ file, at: Date.now() })}
        />
        {dropped !== undefined && <Tried key={dropped.at} file={dropped.file} />}
      </Stack>
    </Page>
  );
}

function Tried({ file }: { readonly file: string }) {
  const tried = useReply("license import", { body: { file, dry_run: true } });
  if (tried.isError) return <FileRefused error={tried.error} />;
  if (tried.data === undefined) return <Skeleton h={220} aria-label="Loading" />;
  return <ImportPreview preview={tried.data.reply} file={file} />;
}
