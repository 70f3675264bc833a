import { Button, Group, Paper, Stack, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { fieldErrors, toProblem } from "../../../api/problem.ts";
import { useChange } from "../../../api/queries.ts";
import { ActionButton } from "../../../parts/action-button.tsx";
import { CommandHint } from "../../../parts/command-hint.tsx";
import { ProblemAlert } from "../../../parts/problem-alert.tsx";
import { told } from "../../../parts/told.ts";
import { nameOf } from "../license-state.tsx";
import { bodyOf, problemsOf, STEPS, stepOf } from "./draft.ts";
import { StepList } from "./step-list.tsx";
import { StepPanel } from "./step-panel.tsx";
import { useDraft } from "./use-draft.ts";

const LAST = STEPS.length - 1;

/** Issues a license step by step. What is wrong is told at its field, and leads to the step that has it. */
export function IssueWizard() {
  const draft = useDraft();
  const { fields, product } = draft;
  const [step, setStep] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const navigate = useNavigate();
  const change = useChange("license create");
  const body = bodyOf(draft);
  const hasBegun = useRef(false);
  // Who does not see the page as a whole is told where it has gone on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the step changes, and not when it is first shown
  useEffect(() => {
    if (hasBegun.current) heading.current?.focus();
    hasBegun.current = true;
  }, [step]);
  const goTo = (next: number) => {
    if (next <= step) return setStep(next);
    const found = Object.entries(problemsOf(draft.values, product)).filter(([path]) => stepOf(path) < next);
    if (fields.check({}, Object.fromEntries(found))) return setStep(next);
    if (found.length > 0) setStep(Math.min(...found.map(([path]) => stepOf(path))));
  };
  const issue = () =>
    change.mutate(
      { body },
      {
        onSuccess: ({ reply }) => {
          told(`${nameOf(reply)} is issued`);
          navigate({ to: "/licenses/$license", params: { license: String(reply.id) } });
        },
        onError: (error) => {
          fields.showErrors(error);
          const paths = Object.keys(fieldErrors(toProblem(error)));
          if (paths.length > 0) setStep(Math.min(...paths.map(stepOf)));
        },
      },
    );
  const wrong = new Set(Object.keys(fields.errors).map(stepOf));
  return (
    <Stack maw={900}>
      <StepList step={step} wrong={wrong} isOpen={product !== undefined} onStep={goTo} />
      {change.isError && <ProblemAlert error={change.error} title="The license was not issued" />}
      <Paper withBorder p="md">
        <Stack>
          <Title order={2} size="h4" ref={heading} tabIndex={-1}>
            {STEPS[step]?.title}
          </Title>
          <StepPanel step={step} draft={draft} />
          <Group justify="space-between">
            <Button variant="default" disabled={step === 0} onClick={() => goTo(step - 1)}>
              Back
            </Button>
            <Group gap="xs">
              {step === LAST && <CommandHint operation="license create" given={{ body }} />}
              {step < LAST ? (
                <Button onClick={() => goTo(step + 1)}>Next</Button>
              ) : (
                <ActionButton operation="license create" onClick={issue} loading={change.isPending}>
                  Issue license
                </ActionButton>
              )}
            </Group>
          </Group>
        </Stack>
      </Paper>
    </Stack>
  );
}
