import { Alert, Group, Stack, Text, Title } from "@mantine/core";
import { useChange } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { CommandHint } from "../../parts/command-hint.tsx";
import { FileRefused } from "../../parts/file-refused.tsx";
import { fileName, saveFile } from "../../parts/save-file.ts";
import { Steps } from "../../parts/steps.tsx";
import { told } from "../../parts/told.ts";
import { WrittenFile } from "../../parts/written-file.tsx";
import type { InspectedRequest } from "./request-shown.tsx";

/** Answers an activation request with a license file, which is there this once. */
export function AnswerActivation({ request, file }: { readonly request: InspectedRequest; readonly file: string }) {
  const { product, hardware_id: hardwareId, license, is_answered: isAnswered } = request;
  const change = useChange("request answer");
  const name = fileName([product, hardwareId], ".lic");
  if (change.isSuccess) {
    const { file: text } = change.data.reply;
    return (
      <Stack gap="sm" role="region" aria-label="Answer">
        <Title order={3} size="h5">
          Answered: the device is active on the license
        </Title>
        <WrittenFile name={name} text={text} label="license file">
          <Steps>
            {[
              "Send this file to the customer.",
              "The license admin imports it on the floating server that wrote the request: Licenses, Import license. No other server takes it.",
              "Keep it until then. It is not kept here, and the request is not answered a second time.",
            ]}
          </Steps>
        </WrittenFile>
      </Stack>
    );
  }
  if (isAnswered && !change.isPending) {
    return (
      <Alert color="orange" title="A request is answered once">
        <Text size="sm">
          This one was answered before. If the customer does not have the license file any more, ask for a new request.
        </Text>
      </Alert>
    );
  }
  if (license === null) {
    return (
      <Alert color="orange" title="There is no such license">
        <Text size="sm">
          No license of product {product} has this key or user. Compare it with what you issued; then the customer
          writes a new request.
        </Text>
      </Alert>
    );
  }
  const answer = () =>
    change.mutate(
      { body: { file } },
      {
        onSuccess: ({ reply }) => {
          saveFile(name, reply.file);
          told("The request is answered");
        },
      },
    );
  return (
    <Stack gap="sm">
      <Text size="sm">
        Answering activates the device on the license, and writes the license file that the floating server imports.
      </Text>
      {change.isError && <FileRefused error={change.error} />}
      <Group gap="xs">
        <ActionButton operation="request answer" onClick={answer} loading={change.isPending}>
          Answer
        </ActionButton>
        <CommandHint operation="request answer" given={{ body: { file } }} />
      </Group>
    </Stack>
  );
}
