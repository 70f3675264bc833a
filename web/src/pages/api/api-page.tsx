import { Anchor, List, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { asCurl } from "../../api/as-command.ts";
import { useSession } from "../../app/session.tsx";
import { CopyText } from "../../parts/copy-text.tsx";
import { Page } from "../../parts/page.tsx";
import { DownloadList } from "./download-list.tsx";
import { OperationTable } from "./operations-table.tsx";

/** How this server is run by programs. */
export function ApiPage() {
  const { role } = useSession();
  return (
    <Page
      title="API"
      about="Everything on these pages is done by the management API, and by the command line that speaks to it."
    >
      <Title order={2} size="h4">
        Begin
      </Title>
      <Text size="sm">
        Make a token under{" "}
        <Anchor
          renderRoot={(props) => <Link to="/team" search={{ tab: "tokens" } as never} {...props} />}
          underline="always"
        >
          Team and tokens
        </Anchor>
        {role !== "admin" && " (an admin does it)"}, and put it where your shell finds it:
      </Text>
      <CopyText label="command that keeps the token" text={"export SEATKEEPER_TOKEN=sk_…"} />
      <CopyText label="first request" text={asCurl("server show")} />
      <Title order={2} size="h4">
        How tokens work
      </Title>
      <List size="sm" spacing={4}>
        <List.Item>
          A token goes into the header <code>Authorization: Bearer …</code>. Keep it like a password: the server keeps
          only its hash.
        </List.Item>
        <List.Item>
          It may what its role may, and no more than its scopes say: <code>license:read</code> shows licenses,{" "}
          <code>license:write</code> changes them too. The word before the colon is the first of the command.
        </List.Item>
        <List.Item>
          A revoked, expired or unknown token is answered 401 <code>unauthorized</code>; one that may not do this, 403{" "}
          <code>forbidden</code> with the reason.
        </List.Item>
        <List.Item>
          Send an <code>Idempotency-Key</code> when you make something, and you may repeat the request; send{" "}
          <code>If-Match</code> with an ETag, and nobody's change is overwritten.
        </List.Item>
        <List.Item>The audit names the token with each change it makes.</List.Item>
      </List>
      <Title order={2} size="h4">
        Reference and downloads
      </Title>
      <DownloadList />
      <Title order={2} size="h4">
        Operations of this server
      </Title>
      <OperationTable />
    </Page>
  );
}
