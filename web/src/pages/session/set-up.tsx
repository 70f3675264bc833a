import { Anchor, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { fieldErrors, toProblem } from "../../api/problem.ts";
import { servedSide } from "../../app/served-by.ts";
import { useSessionState } from "../../app/session.tsx";
import { ProblemAlert } from "../../parts/problem-alert.tsx";
import { Doorway } from "./doorway.tsx";

/** Makes the first admin by the one-time link, and logs in as it. */
// biome-ignore lint/style/noDefaultExport: React loads it when it is first seen
export default function SetUp({ token, onDone }: { readonly token: string; onDone(): void }) {
  const { begin } = useSessionState();
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const form = useForm({
    initialValues: { name: "admin", password: "", again: "" },
    validate: {
      name: (name) => (name.trim() === "" ? "A name is needed" : null),
      password: (password) => (password.length < 10 ? "10 characters at least" : null),
      again: (again, { password }) => (again === password ? null : "This is not the same password"),
    },
  });
  const submit = form.onSubmit(async ({ name, password }) => {
    setIsBusy(true);
    try {
      await call("setup run", { body: { token, name, password } });
      const { reply } = await call("session start", { body: { name, password } });
      begin(reply);
      onDone();
    } catch (error) {
      setError(error);
      form.setErrors(fieldErrors(toProblem(error)));
    }
    setIsBusy(false);
  });
  return (
    <Doorway>
      <Title order={1} size="h3" mb="xs">
        Set up this {servedSide === "vendor" ? "vendor's server" : "floating server"}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        You are the first here. This account may do everything; others are added under <em>Team and tokens</em>.
      </Text>
      <Paper withBorder p="lg">
        <form onSubmit={submit} noValidate>
          <Stack>
            {error !== undefined && <ProblemAlert error={error} />}
            <TextInput label="Name" autoComplete="username" required autoFocus {...form.getInputProps("name")} />
            <PasswordInput
              label="Password"
              description="10 characters at least"
              autoComplete="new-password"
              required
              {...form.getInputProps("password")}
            />
            <PasswordInput
              label="Password again"
              autoComplete="new-password"
              required
              {...form.getInputProps("again")}
            />
            <Button type="submit" loading={isBusy}>
              Make the first admin
            </Button>
          </Stack>
        </form>
      </Paper>
      <Text size="sm" mt="md">
        <Anchor component="button" type="button" onClick={onDone}>
          There is an admin already: log in
        </Anchor>
      </Text>
    </Doorway>
  );
}
