import { Stack, Text } from "@mantine/core";
import { toProblem } from "../api/problem.ts";
import { ProblemAlert } from "./problem-alert.tsx";

interface Verdict {
  readonly title: string;
  readonly advice: string;
}

/** What to do about a file that is refused, by the code. */
const verdicts: Readonly<Record<string, Verdict>> = {
  request_file_invalid: {
    title: "This is no request that can be read",
    advice: "Ask for the file anew. It may have been cut off or changed on its way; send it as an attachment.",
  },
  invalid_api_key: {
    title: "Nobody known has signed this request",
    advice: "The server that wrote it has an API key of another vendor in its settings, or one that was deleted.",
  },
  signature_mismatch: {
    title: "The signature is not good",
    advice:
      "Either the file was changed, or the server that wrote it has another shared key than the API key has here. Do not answer it before you know which.",
  },
  revoked_api_key: {
    title: "The API key that signed this request is revoked",
    advice: "Give the customer a new API key with its shared key, and ask for a new request.",
  },
  read_only_api_key: {
    title: "The API key that signed this request may only read",
    advice: "Give the customer an API key that may write, and ask for a new request.",
  },
  api_key_product_not_allowed: {
    title: "The API key that signed this request is for other products",
    advice: "Allow the product in the API key, or give the customer another key.",
  },
  license_file_outdated: {
    title: "The signature is good, but the file is outdated",
    advice:
      "A newer file of this license was imported, or the license was given back since. Use the newest file you have, or ask the vendor for a new one.",
  },
  hardware_id_mismatch: {
    title: "The signature is good, but the file is for another server",
    advice: "Import it there, or create a request on this server and have the vendor answer it.",
  },
  offline_request_unknown: {
    title: "The signature is good, but this server did not ask for the file",
    advice:
      "It answers a request that was not written here, or that is no longer waited for. Create a new request and have the vendor answer it.",
  },
  offline_request_reused: {
    title: "It was answered already",
    advice: "A request is good for one file. Create a new request where another file is needed.",
  },
};

/** Which check a license file failed, as the server's sentence has it. [FILE-2] */
const checks: Readonly<Record<string, Verdict>> = {
  signature: {
    title: "The signature is not good: your vendor did not make this file as it is now",
    advice:
      "The file was altered on its way, or comes from somebody else. If the vendor has a new key, the setting vendor.public-key-file needs it.",
  },
  kind: { title: "The signature is good, but this is no license file", advice: "Ask the vendor for the right file." },
  product: {
    title: "The signature is good, but the file is for another product",
    advice: "Ask the vendor for a file for the product of this license.",
  },
  content: {
    title: "The signature is good, but the license in the file cannot be read",
    advice: "Ask the vendor about it, and send the sentence above.",
  },
};

const UNREADABLE = {
  title: "This is no license file that can be read",
  advice: "Ask for the file anew. It may have been cut off or changed on its way; send it as an attachment.",
};

/** Why a file is not taken, and what to do. */
export function FileRefused({ error }: { readonly error: unknown }) {
  const { code, detail } = toProblem(error);
  const check = /: (\w+): /.exec(detail)?.[1] ?? "";
  const verdict = code === "license_file_invalid" ? (checks[check] ?? UNREADABLE) : verdicts[code];
  return (
    <Stack gap="xs">
      <ProblemAlert error={error} {...(verdict !== undefined && { title: verdict.title })} />
      {verdict !== undefined && (
        <Text size="sm">
          <strong>Nothing was done.</strong> {verdict.advice}
        </Text>
      )}
    </Stack>
  );
}
