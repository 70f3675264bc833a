import { Alert, Button, Group } from "@mantine/core";
import { useState } from "react";
import { call } from "../../api/call.ts";
import type { ReplyOf } from "../../api/operation.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";

/** Recomputes the hash chain over all events: a missing or changed one shows. */
export function ChainCheck() {
  const [result, setResult] = useState<ReplyOf<"audit verify">>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const check = async () => {
    setIsBusy(true);
    setError(undefined);
    try {
      setResult((await call("audit verify")).reply);
    } catch (error) {
      setError(error);
    }
    setIsBusy(false);
  };
  return (
    <Group gap="xs" align="flex-start">
      {error !== undefined && <ProblemAlert error={error} />}
      {result !== undefined && <Verdict result={result} />}
      <CommandHint operation="audit verify" />
      <Button variant="default" onClick={check} loading={isBusy}>
        Check the chain
      </Button>
    </Group>
  );
}

function Verdict({ result: { events, is_whole, broken_at } }: { readonly result: ReplyOf<"audit verify"> }) {
  return is_whole ? (
    <Alert color="green" role="status" py="xs">
      Whole: each of {events} events follows from the one before.
    </Alert>
  ) : (
    <Alert color="red" role="alert" py="xs">
      Broken at event {broken_at}: it was changed, or one before it is missing.
    </Alert>
  );
}
