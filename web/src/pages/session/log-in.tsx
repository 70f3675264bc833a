import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { call } from "../../api/call.ts";
import { toProblem } from "../../api/problem.ts";
import { servedSide } from "../../app/served-by.ts";
import { useSessionState } from "../../app/session.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { Doorway } from "./doorway.tsx";

/** @param isInPlace over pages whose session has ended: they go on where they were */
export function LogIn({ isInPlace = false }: { readonly isInPlace?: boolean }) {
  const { begin, session } = useSessionState();
  const [name, setName] = useState(session?.name ?? "");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    try {
      const { reply } = await call("session start", { body: { name, password } });
      begin(reply);
    } catch (error) {
      setError(error);
      setPassword("");
    }
    setIsBusy(false);
  };
  const form = (
    <form onSubmit={submit}>
      <Stack>
        {error !== undefined && <LogInProblem error={error} />}
        <TextInput
          label="Name"
          autoComplete="username"
          required
          data-autofocus
          autoFocus={!isInPlace}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          Log in
        </Button>
      </Stack>
    </form>
  );
  if (isInPlace) return form;
  return (
    <Doorway>
      <Title order={1} size="h3" mb="xs">
        {servedSide === "vendor" ? "Seatkeeper vendor" : "Seatkeeper floating server"}
      </Title>
      <Paper withBorder p="lg">
        {form}
      </Paper>
      <Text size="sm" c="dimmed" mt="md">
        No account yet? The first admin is made by the one-time link that the server prints at its start, or by{" "}
        <code>seatkeeper admin create</code>. Any admin can add others.
      </Text>
    </Doorway>
  );
}

function LogInProblem({ error }: { readonly error: unknown }) {
  const { code } = toProblem(error);
  if (code === "account_locked") {
    return (
      <Alert color="red" title="Locked for now" role="alert">
        Too many wrong passwords for this name. Wait a little, then try again; each further wrong one doubles the wait,
        up to 15 minutes.
      </Alert>
    );
  }
  return <ProblemAlert error={error} />;
}
